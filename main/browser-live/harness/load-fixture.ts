import { readFile } from "node:fs/promises";
import { ContractError, withContext } from "#domain/contract-error";
import { parseFixture } from "#domain/cycle/fixture";
import type { BrowserCase } from "#domain/surfaces/browser-automation/contract";
import { browserAutomationDefinition } from "#domain/surfaces/browser-automation/definition";
import type { BrowserPolicy } from "#domain/surfaces/browser-automation/evaluate";

/** Reads and checks a browser automation fixture (spec/tau/surfaces.md §§1, 8). Rejects with a `ContractError`. */
export async function loadLiveFixture(
  fixturePath: string,
  policy: BrowserPolicy,
): Promise<readonly BrowserCase[]> {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await readFile(fixturePath));
  } catch (error) {
    throw new ContractError(`failed to read fixture ${fixturePath}`, { cause: error });
  }
  return withContext(
    `invalid fixture ${fixturePath}`,
    () => parseFixture(browserAutomationDefinition(policy), text).cases,
  );
}

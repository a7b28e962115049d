import type { OrchestratorConfig } from "#domain/tos/orchestration/config";
import { consoleLines } from "#domain/tos/orchestration/console-lines";
import { findKey } from "../keys";
import { apiAddresses, apiModels, keyNames, type KeyName } from "../models/api-models";
import type { Models } from "../models/models";
import { readReplies, scriptedModels } from "../models/scripted-models";
import type { Console } from "./console";
import type { OrchestratorOptions } from "./options";

/**
 * The models of a run. For the APIs both keys must be found, in the order of spec/tos/orchestrator.md §5; scripted replies
 * need none. Null when the run must not go on; it has been said why. Never rejects.
 */
export async function openModels(
  {
    root,
    environment,
    settings,
    sleep,
  }: Pick<OrchestratorOptions, "root" | "environment" | "settings" | "sleep">,
  config: OrchestratorConfig,
  console: Console,
): Promise<Models | null> {
  if (settings.models.provider === "scripted") {
    const file = settings.models.replies;
    const reading = await readReplies(root, file);
    if (reading.ok) {
      console.complain(`models: scripted replies of ${file}; no API is asked and no key is needed`);
      return scriptedModels(reading.replies, sleep);
    }
    for (const problem of reading.problems) console.complain(problem);
    return null;
  }
  const keys: Record<KeyName, string> = { OPENAI_API_KEY: "", ANTHROPIC_API_KEY: "" };
  for (const name of keyNames) {
    const { value } = await findKey(name, environment);
    if (value === "") {
      console.print("", consoleLines.keyMissing(name));
      return null;
    }
    keys[name] = value;
  }
  const addresses = apiAddresses(settings.models, environment);
  if (!addresses.ok) {
    console.complain(addresses.problem);
    return null;
  }
  console.print(consoleLines.keysReady());
  const { openai, anthropic } = addresses;
  return apiModels({ openai, anthropic, keys, openaiTimeoutMs: config.timeoutMs });
}

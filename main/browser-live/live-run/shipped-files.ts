import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ContractError } from "#domain/contract-error";

/**
 * Folder `fixtures/browser-live` that ships with Gatehouse, looked for upwards from this module: it runs from the
 * sources in tests and from a bundle elsewhere. Throws a `ContractError` when the installation is incomplete.
 */
export function shippedFolder(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = dirname(folder)) {
    const candidate = join(folder, "fixtures", "browser-live");
    if (existsSync(join(candidate, "demo.json"))) return candidate;
    if (dirname(folder) === folder)
      throw new ContractError(`fixtures/browser-live was not found in any folder above ${start}`);
  }
}

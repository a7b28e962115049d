import { readdir } from "node:fs/promises";
import { ContractError } from "#domain/contract-error";
import {
  directoryRepository,
  repositoryDirectory,
  type TransportHealthRow,
  type TransportTarget,
} from "#domain/inspect/transport-health";
import { compareBytes } from "#domain/text";
import { fileIn } from "./paths";
import { readInspectedState } from "./state-file";
import { systemReason } from "./text-file";

/**
 * Health rows of one target (spec/tau/health.md §3): one row, or one per repository directory for `github`, sorted by
 * repository. `directoryOf` gives the value of a state directory flag.
 */
export async function readTransportHealth(
  target: TransportTarget,
  directoryOf: (flag: string) => string,
): Promise<TransportHealthRow[]> {
  if (target.kind === "single")
    return [await readRow(target.transport, target.target, directoryOf(target.directoryFlag))];
  const root = directoryOf("github-state-dir");
  const repositories = target.repository === null ? await listRepositories(root) : [target.repository];
  const rows: TransportHealthRow[] = [];
  for (const repository of repositories)
    rows.push(await readRow("github", repository, fileIn(root, repositoryDirectory(repository))));
  return rows;
}

async function readRow(transport: string, target: string, directory: string): Promise<TransportHealthRow> {
  const statePath = fileIn(directory, "state.json");
  const { health } = await readInspectedState(statePath);
  return { transport, target, statePath, health };
}

async function listRepositories(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch((error: unknown) => {
    throw new ContractError(`failed to read github state directory ${root}`, { cause: systemReason(error) });
  });
  const repositories = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => directoryRepository(entry.name))
    .filter((repository) => repository !== null)
    .toSorted(compareBytes);
  if (repositories.length === 0)
    throw new ContractError(`no github repository state (owner__repo/state.json) found in ${root}`);
  return repositories;
}

import type { HealthSnapshot } from "#contract/health";
import { ContractError } from "../contract-error";
import { jsonObject, type JsonObject } from "../json";
import { lowerAscii, trimText } from "../text";
import { statusLine } from "./status/text-form";

/** A transport whose state one file holds. */
export interface SingleTarget {
  readonly kind: "single";
  readonly transport: string;
  readonly target: string;
  /** Flag that names the state directory, without the dashes. */
  readonly directoryFlag: string;
}

/** What `--transport-health-inspect` was asked for. `repository` null means every repository directory. */
export type TransportTarget = SingleTarget | { readonly kind: "github"; readonly repository: string | null };

const targetNames: Readonly<Record<string, string>> = {
  voice: "wake-word-pipeline",
  "browser-automation": "fixture-runtime",
  dashboard: "operator-control-plane",
  "custom-command": "no-code-command-registry",
  memory: "semantic-memory",
  deployment: "cloud-and-wasm-runtime",
  gateway: "gateway-service",
  "multi-channel": "telegram/discord/whatsapp",
  "multi-agent": "orchestrator-router",
  slack: "slack",
};

const otherSpellings: Readonly<Record<string, string>> = {
  multichannel: "multi-channel",
  multiagent: "multi-agent",
  browserautomation: "browser-automation",
  browser: "browser-automation",
  customcommand: "custom-command",
};

/** Reads the flag's value (spec/tau/health.md §3); throws a `ContractError` that names the accepted ones. */
export function parseTransportTarget(value: string): TransportTarget {
  const folded = lowerAscii(trimText(value));
  const transport = Object.hasOwn(otherSpellings, folded) ? (otherSpellings[folded] ?? folded) : folded;
  const target = Object.hasOwn(targetNames, transport) ? targetNames[transport] : undefined;
  if (target !== undefined)
    return { kind: "single", transport, target, directoryFlag: `${transport}-state-dir` };
  if (folded === "github") return { kind: "github", repository: null };
  const repository = /^github:([^/\s]+\/[^/\s]+)$/i.exec(trimText(value))?.[1];
  if (repository !== undefined) return { kind: "github", repository };
  const accepted = ["slack", "github", "github:owner/repo", ...Object.keys(targetNames)].filter(
    (name, index, all) => all.indexOf(name) === index,
  );
  throw new ContractError(
    `invalid --transport-health-inspect target '${value}', expected one of: ${accepted.join(", ")}`,
  );
}

/** Directory of a repository below the github state directory: `owner__repo`. */
export function repositoryDirectory(repository: string): string {
  return repository.replace("/", "__");
}

/** The repository a directory stands for, or null when it is not one. */
export function directoryRepository(directory: string): string | null {
  const at = directory.indexOf("__");
  return at > 0 && at + 2 < directory.length ? `${directory.slice(0, at)}/${directory.slice(at + 2)}` : null;
}

export interface TransportHealthRow {
  readonly transport: string;
  readonly target: string;
  readonly statePath: string;
  readonly health: HealthSnapshot;
}

/** One element of the JSON form. */
export function transportHealthJson(row: TransportHealthRow): JsonObject {
  return jsonObject({
    transport: row.transport,
    target: row.target,
    state_path: row.statePath,
    health: jsonObject(row.health),
  });
}

/** One line of the text form: every health figure by its name. */
export function transportHealthLine(row: TransportHealthRow): string {
  return statusLine(
    "transport health inspect",
    jsonObject({
      transport: row.transport,
      target: row.target,
      state_path: row.statePath,
      ...row.health,
    }),
  );
}

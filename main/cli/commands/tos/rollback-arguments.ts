import type { Acknowledgement } from "#contract/tos/progress";
import { parseAcknowledgement } from "#domain/tos/launcher/acknowledgements";
import type { Provenance } from "#domain/tos/launcher/arguments";
import { isRunId } from "#domain/tos/runs/run-identifier";
import { UsageError } from "../../failure";
import { parseOptions, type ParsedFlags } from "../../flags/parse";
import { requiredText } from "../rollout/arguments";
import { tosRollbackFlags } from "./rollback-flags";

export type TosRollbackCommand = keyof typeof tosRollbackFlags;

/** Which command of `gatehouse tos-rollback` was asked for, with its flags. */
export interface TosRollbackArguments {
  readonly command: TosRollbackCommand;
  readonly flags: ParsedFlags;
  readonly acknowledgements: readonly Acknowledgement[];
}

const commandNames = Object.keys(tosRollbackFlags) as TosRollbackCommand[];

/** Reads what follows `gatehouse tos-rollback`. Throws a `UsageError` that names the flag and what was expected. */
export function parseTosRollback([first, ...rest]: readonly string[]): TosRollbackArguments {
  const command = commandNames.find((name) => name === first);
  if (command === undefined) {
    const found = first === undefined ? "no command was given" : `unexpected tos-rollback command '${first}'`;
    throw new UsageError(`${found}; expected one of ${commandNames.join(", ")}`);
  }
  if (command === "preview" || command === "list")
    return { command, flags: parseOptions(tosRollbackFlags[command], rest, {}), acknowledgements: [] };
  const { others, acknowledgements } = takeAcknowledgements(rest);
  return { command, flags: parseOptions(tosRollbackFlags[command], others, {}), acknowledgements };
}

/** What an operation carries of who asked for it. Throws a `UsageError`. */
export function provenanceOf({ flags, acknowledgements }: TosRollbackArguments): Provenance {
  const runId = flags.optionalText("run-id") ?? null;
  if (runId !== null && !isRunId(runId))
    throw new UsageError(`invalid value '${runId}' for '--run-id': expected one like 20261121T045200Z-1f3a`);
  return {
    runId,
    from: flags.optionalText("from") === "window" ? "window" : "command line",
    reason: requiredText(flags, "reason", "the record keeps why").trim().slice(0, 500),
    acknowledgements,
    previewId: null,
  };
}

/** The flag may be repeated, and a reason may hold commas: it is read before the others. */
function takeAcknowledgements(argv: readonly string[]): {
  readonly others: string[];
  readonly acknowledgements: Acknowledgement[];
} {
  const others: string[] = [];
  const acknowledgements: Acknowledgement[] = [];
  for (let index = 0; index < argv.length; index += 1) {
    const token = argv[index] ?? "";
    const inline = token.startsWith("--acknowledge=");
    if (!inline && token !== "--acknowledge") {
      others.push(token);
      continue;
    }
    if (!inline) index += 1;
    acknowledgements.push(
      acknowledgementOf(inline ? token.slice("--acknowledge=".length) : (argv[index] ?? "")),
    );
  }
  return { others, acknowledgements };
}

function acknowledgementOf(text: string): Acknowledgement {
  try {
    return parseAcknowledgement(text);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

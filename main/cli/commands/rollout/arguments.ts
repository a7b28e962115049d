import type { z } from "zod";
import { type SurfaceId, surfaceIds } from "#contract/identity";
import { type RolloutCommand, rolloutCommandSchema } from "#contract/rollout/command";
import { UsageError } from "../../failure";
import { parseOptions, type ParsedFlags } from "../../flags/parse";
import { type RolloutCommandLine, rolloutFlags } from "./flags";

/** Which command of `gatehouse rollout` was asked for, with its flags. */
export interface RolloutArguments {
  readonly command: RolloutCommandLine;
  readonly flags: ParsedFlags;
}

const commandNames = Object.keys(rolloutFlags) as RolloutCommandLine[];

/** Reads what follows `gatehouse rollout`. Throws a `UsageError` that names the flag and what was expected. */
export function parseRolloutArguments([first, ...rest]: readonly string[]): RolloutArguments {
  const command = commandNames.find((name) => name === first);
  if (command === undefined) {
    const found = first === undefined ? "no command was given" : `unexpected rollout command '${first}'`;
    throw new UsageError(`${found}; expected one of ${commandNames.join(", ")}`);
  }
  return { command, flags: parseOptions(rolloutFlags[command], rest, {}) };
}

/** The text of a flag that a command cannot do without. */
export function requiredText(flags: ParsedFlags, name: string, purpose: string): string {
  const text = flags.optionalText(name);
  if (text === undefined) throw new UsageError(`the argument '--${name} <TEXT>' is required: ${purpose}`);
  return text;
}

/** Commands that carry a reason and the state they were decided on. */
export type DecidingCommand = Exclude<RolloutCommand["command"], "check">;

/** What a deciding command says, before it is known which rollout and revision it is bound to. */
export interface Decided {
  readonly command: DecidingCommand;
  readonly reason: string;
  readonly revision: number | null;
  readonly freezeOverrideReason: string | null;
  readonly surface: SurfaceId | null;
}

/** Reads the flags of a deciding command. Throws a `UsageError` for what is missing. */
export function readDecided(command: DecidingCommand, flags: ParsedFlags): Decided {
  const surface = command === "rebaseline" ? flags.optionalText("surface") : undefined;
  if (command === "rebaseline" && surface === undefined)
    throw new UsageError(
      `the argument '--surface <${surfaceIds.join("|")}>' is required: the surface whose log was replaced`,
    );
  return {
    command,
    reason: requiredText(flags, "reason", "the journal keeps why"),
    revision: flags.optionalNumber("revision") ?? null,
    freezeOverrideReason:
      command === "promote" ? (flags.optionalText("freeze-override-reason") ?? null) : null,
    surface: surfaceIds.find((id) => id === surface) ?? null,
  };
}

/** Binds a deciding command to a rollout and a revision. Throws a `UsageError` for a value the contract does not take. */
export function bindCommand(decided: Decided, rolloutId: string, revision: number): RolloutCommand {
  const { command, reason, freezeOverrideReason, surface } = decided;
  const parsed = rolloutCommandSchema.safeParse({
    command,
    rolloutId,
    revision,
    reason,
    ...(command === "promote" && { freezeOverrideReason }),
    ...(command === "rebaseline" && { surface }),
  });
  if (!parsed.success) throw invalidFlag(parsed.error, { freezeOverrideReason: "freeze-override-reason" });
  return parsed.data;
}

/** A contract's complaint about a value, as one about the flag it came from. */
export function invalidFlag(error: z.ZodError, flagNames: Readonly<Record<string, string>>): UsageError {
  const [issue] = error.issues;
  const field = String(issue?.path.at(-1) ?? "");
  return new UsageError(
    `invalid value for '--${flagNames[field] ?? field}': ${issue?.message ?? error.message}`,
  );
}

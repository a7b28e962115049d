import type { Refusal, RolloutCommand } from "#contract/rollout/command";
import type { RolloutEvent } from "#contract/rollout/journal";
import type { RolloutInput } from "../state";

type AnyCommandInput = Extract<RolloutInput, { kind: "command" }>;

/** The input of one command, by its name. */
export type CommandInput<Name extends AnyCommandInput["command"]["command"]> = Omit<
  AnyCommandInput,
  "command"
> & {
  readonly command: Extract<RolloutCommand, { command: Name }>;
};

/** What a command comes to: what happens and how to say it, or why it is refused. */
export type CommandOutcome =
  { readonly events: readonly RolloutEvent[]; readonly message: string } | { readonly refusal: Refusal };

import type { ParsedFlags } from "../flags/parse";
import type { CommandContext } from "../terminal";

/** One command of the reference's flags; resolves to the process's exit code. */
export type ReferenceCommand = (flags: ParsedFlags, context: CommandContext) => Promise<number>;

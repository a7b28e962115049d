import { UsageError } from "./failure";
import type { CommandContext } from "./terminal";

/** Runs the reference's flags, word for word (spec/tau/surfaces.md §3, health.md §§3-5). */
export async function runReferenceCommand(argv: readonly string[], _context: CommandContext): Promise<number> {
  throw new UsageError(`unexpected argument '${argv[0]}' found`);
}

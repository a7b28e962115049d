import type { CommandContext } from "../../terminal";
import { parseTosRollback } from "./rollback-arguments";

export async function runTosRollback(argv: readonly string[], _context: CommandContext): Promise<number> {
  parseTosRollback(argv);
  return 1;
}

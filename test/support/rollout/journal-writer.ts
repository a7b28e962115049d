import { createRolloutStore } from "../../../main/rollout/journal/rollout-store";
import { checkEvents } from "./journaled-check";

/**
 * A program that appends to a journal until it is killed or cannot: `journal-writer WORKSPACE ROLLOUT BEFORE`. Says
 * `+<sequence>` once an entry is on disk and `-<code>` when it was refused; ends after ten refusals.
 */
const [workspacePath = "", rolloutId = ""] = process.argv.slice(2);
const journal = await createRolloutStore(workspacePath).open(rolloutId);
process.stdout.write(`=${journal.entries} ${journal.tornBytes} ${journal.problem?.message ?? ""}\n`);
for (let refused = 0; refused < 10 && journal.problem === null;) {
  try {
    const { sequence } = await journal.append(checkEvents(journal.entries * 10_000));
    process.stdout.write(`+${sequence}\n`);
  } catch (error) {
    refused += 1;
    process.stdout.write(`-${(error as { code?: string }).code ?? String(error)}\n`);
  }
}
await journal.close();

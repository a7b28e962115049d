import { join } from "node:path";
import type { RolloutEvent } from "#contract/rollout/journal";
import { createRolloutStore } from "../../../main/rollout/journal/rollout-store";
import { withSample } from "./observation";
import { rolloutId, Story } from "./story";

/** Decisions of a rollout on its way through `canary-1`, one list of events each: starting, checks, promotion, pause. */
export function decisions(checks: number): (readonly RolloutEvent[])[] {
  const story = new Story().reach("canary-1").passes(checks);
  story.wait(10_000).check((seen) => withSample(seen, "voice", { queueDepth: 3 }));
  story.command("pause");
  return story.entries;
}

/** Writes a journal of these decisions into a workspace; gives its file. */
export async function writeJournal(
  workspacePath: string,
  [first = [], ...rest]: readonly (readonly RolloutEvent[])[],
  id = rolloutId,
): Promise<string> {
  const journal = await createRolloutStore(workspacePath).create(id, first);
  for (const events of rest) await journal.append(events);
  await journal.close();
  return join(workspacePath, journal.path);
}

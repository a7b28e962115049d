import { createCheckpoint } from "../../../../main/tos/repository/create-checkpoint";
import { undoRollback } from "../../../../main/tos/repository/undo-rollback";
import { rollBack } from "../../../../main/tos/repository/roll-back";
import { systemClock } from "../../../../main/system/clock";

/**
 * An operation in a process of its own, to be killed: `rollback|undo|checkpoint ROOT SUBJECT`. Prints `ready` before it
 * begins, `kept` once the recovery is on the disk, and `done` at the end.
 */
const [operation, root = "", subject = ""] = process.argv.slice(2);
const say = (word: string): void => void process.stdout.write(`${word}\n`);
const context = {
  root,
  environment: process.env,
  clock: systemClock,
  operator: "operator",
  report: ({ kind }: { kind: string }) => {
    if (kind === "recovery-kept") say("kept");
  },
};
const wish = { previewId: null, reason: "killed", print: () => undefined };
say("ready");
if (operation === "checkpoint") await createCheckpoint(context, subject);
else if (operation === "undo") await undoRollback(context, { ...wish, recoveryId: subject });
else await rollBack(context, { ...wish, target: subject, willTest: true });
say("done");

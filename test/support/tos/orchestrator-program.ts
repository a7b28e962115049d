import { setTimeout as wait } from "node:timers/promises";
import { systemClock } from "../../../main/system/clock";
import { runOrchestrator } from "../../../main/tos/orchestrator/run-orchestrator";

/** Runs the orchestrator of the folder given with scripted replies, and prints its events, one JSON a line. */
process.exitCode = await runOrchestrator({
  root: process.argv[2] ?? "",
  environment: process.env,
  settings: {
    schemaVersion: 1,
    models: { provider: "scripted", replies: "replies.json" },
    allowBash: true,
  },
  clock: systemClock,
  sleep: (milliseconds, signal) => wait(milliseconds, undefined, { signal }),
  cancel: new AbortController().signal,
  report: (event) => process.stdout.write(`${JSON.stringify(event)}\n`),
});

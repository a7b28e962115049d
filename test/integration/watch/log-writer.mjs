// Writes an event log from a process of its own: `node log-writer.mjs <log> <steps> <seed>`. Each step appends,
// truncates, rotates, replaces or leaves a line half-written, as the seed decides; the last one ends a half-written line.
import { appendFileSync, copyFileSync, existsSync, renameSync, truncateSync, writeFileSync } from "node:fs";

const [log, steps, seed] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
let state = seed;
const random = (below) => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state % below;
};
let cycle = 0;
const line = () => {
  cycle += 1;
  const bad = random(5) === 0;
  return `${JSON.stringify({
    timestamp_unix_ms: Date.now(),
    health_state: bad ? "degraded" : "healthy",
    health_reason: `cycle ${cycle} of ${seed}`,
    reason_codes: bad ? ["retry_attempted", "case_processing_failed"] : ["turns_handled"],
    failure_streak: bad ? 1 : 0,
  })}\n`;
};
const lines = () => Array.from({ length: 1 + random(200) }, line).join("");

for (let step = 0; step < steps; step += 1) {
  const what = random(20);
  if (what < 12) appendFileSync(log, lines());
  else if (what < 15) {
    const half = line();
    appendFileSync(log, half.slice(0, 1 + random(half.length - 1)));
  } else if (what === 15) appendFileSync(log, "not a record\n");
  else if (what === 16 && existsSync(log)) truncateSync(log, 0);
  else if (what === 17 && existsSync(log)) {
    renameSync(log, `${log}.1`);
    writeFileSync(log, lines());
  } else if (what === 18) {
    writeFileSync(`${log}.new`, lines());
    renameSync(`${log}.new`, log);
  } else if (existsSync(log)) {
    copyFileSync(log, `${log}.1`);
    truncateSync(log, 0);
    appendFileSync(log, lines());
  }
  // A pause now and then lets the watcher see states in between.
  if (random(4) === 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, random(20));
}
appendFileSync(log, `\n${line()}`);

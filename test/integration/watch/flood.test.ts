import { execa } from "execa";
import { appendFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../support/temporary-folder";
import { eventLine, startWatcher, stateText, until } from "./watching";

/** Appends to a log as fast as the disk takes it until 200 MB are written: good records, broken ones and bad bytes. */
const flood = `
const fs = require("node:fs");
const [log, kind] = process.argv.slice(1);
const record = JSON.stringify({ timestamp_unix_ms: Date.now(), health_state: "healthy", health_reason: "r".repeat(80), reason_codes: ["turns_handled"], applied_cases: 3 }) + "\\n";
const block = kind === "records" ? Buffer.from(record.repeat(4000)) : kind === "broken" ? Buffer.from('{"half}\\n'.repeat(2000)) : Buffer.alloc(1000000, 0xff);
const handle = fs.openSync(log, "a");
for (let written = 0; written < (kind === "broken" ? 1.5e6 : 2e8); written += block.length) fs.writeSync(handle, block);
fs.writeSync(handle, "\\n" + record);
`;

test.each(["records", "broken", "one endless line"])(
  "while one log is flooded with %s, another surface is heard, and the flood is folded to its end in bounded memory",
  async (kind) => {
    const [floodedDir, quietDir] = [await temporaryFolder(), await temporaryFolder()];
    const floodedLog = join(floodedDir, "runtime-events.jsonl");
    const flooded = await startWatcher(floodedDir);
    const quiet = await startWatcher(quietDir);
    let announcements = 0;
    flooded.onChange(() => (announcements += 1));
    const writing = execa(process.execPath, ["-e", flood, floodedLog, kind]);
    let ended = false;
    const end = writing.then(() => (ended = true));
    let heard = 0;
    do {
      heard += 1;
      await appendFile(join(quietDir, "runtime-events.jsonl"), eventLine());
      await writeFile(join(quietDir, "state.new"), stateText({ queue_depth: heard }));
      await rename(join(quietDir, "state.new"), join(quietDir, "state.json"));
      await until(quiet, (reading) => reading.log.cycles === heard && reading.health?.queue_depth === heard);
    } while (!ended);
    await end;
    const { size } = await stat(floodedLog);
    const reading = await until(flooded, ({ log }) => {
      const last = log.lastCycleRecord;
      return last !== null && (last.byteOffset ?? 0) + last.text.length + 1 === size;
    });
    if (kind === "records")
      expect(reading.log).toMatchObject({ invalidLines: 0, cycles: reading.log.lines - 1 });
    if (kind === "broken")
      expect(reading.log).toMatchObject({ cycles: 1, invalidLines: reading.log.lines - 2 });
    if (kind === "one endless line") {
      expect(reading.log).toMatchObject({ cycles: 1, invalidLines: 1, lines: 2 });
      // Announced now and then, not with every one of some thousand reads.
      expect(announcements).toBeLessThan(2_000);
    }
  },
);

test("a state file that is rewritten without pause does not keep others waiting", async () => {
  const [busyDir, quietDir] = [await temporaryFolder(), await temporaryFolder()];
  const busy = await startWatcher(busyDir);
  const quiet = await startWatcher(quietDir);
  const keys = Array.from({ length: 60_000 }, (_, at) => `turn:tau:ops-${at}:voice-turn-open-dashboard`);
  const large = stateText({}, { processed_case_keys: keys });
  let writing = true;
  const writer = (async () => {
    while (writing) {
      await writeFile(join(busyDir, "state.new"), large);
      await rename(join(busyDir, "state.new"), join(busyDir, "state.json"));
    }
  })();
  for (let cycle = 1; cycle <= 50; cycle += 1) {
    await appendFile(join(quietDir, "runtime-events.jsonl"), eventLine());
    await until(quiet, (reading) => reading.log.cycles === cycle);
  }
  await expect.poll(() => busy.reading().processedCaseCount).toBe(60_000);
  writing = false;
  await writer;
});

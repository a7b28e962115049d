import { afterEach, beforeEach, expect, it } from "vitest";
import { waitMs } from "../../support/limits";
import { waitUntil } from "../../support/wait-until";
import { DriverHarness, runToEnd } from "./harness";

let harness: DriverHarness;
beforeEach(async () => {
  harness = await DriverHarness.open();
});
afterEach(() => harness.close());

const totalBytes = 200 * 1_048_576;
const flood = `
  const line = "x".repeat(99) + "\\n";
  const block = Buffer.from(line.repeat(10485)); // about 1 MiB
  let left = ${totalBytes};
  const write = () => {
    while (left > 0) {
      left -= block.length;
      if (!process.stdout.write(block)) return process.stdout.once("drain", write);
    }
    process.stdout.write("the last word\\n");
  };
  write();`;

it("drains 200 MB without keeping them, while another surface runs", async () => {
  const flooder = harness.script("voice", flood, { timeoutMs: 3_600_000 });
  const neighbour = harness.script("memory", `console.log("still here");`);
  const before = process.memoryUsage().rss;
  let highest = before;
  let longestTurnMs = 0;
  let turn = performance.now();
  const probe = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage().rss);
    longestTurnMs = Math.max(longestTurnMs, performance.now() - turn);
    turn = performance.now();
  }, 5);
  const { runId } = await flooder.run(undefined, "operator");
  await waitUntil("the flood to begin", () => flooder.output(runId, 0).length > 0);
  let neighbourRuns = 0;
  while (flooder.view().current !== null) {
    expect((await runToEnd(neighbour)).outcome).toBe("succeeded");
    neighbourRuns++;
  }
  clearInterval(probe);
  const run = flooder.view().last;
  expect(run).toMatchObject({ outcome: "succeeded", runId });
  expect(run?.droppedBytes).toBeGreaterThan(totalBytes - 2 * 1_048_576);
  const kept = flooder.output(runId, 0);
  expect(kept.length).toBeLessThanOrEqual(2_000);
  expect(kept.at(-1)?.text).toBe("the last word");
  expect(neighbourRuns).toBeGreaterThan(0);
  // The flood is 200 MB; what stays is about a megabyte, and the rest is the collector's slack.
  expect(highest - before).toBeLessThan(120 * 1_048_576);
  expect(longestTurnMs).toBeLessThan(waitMs / 30);
});

it("keeps the newest lines and bytes of a long run, numbered without a gap among the kept", async () => {
  const driver = harness.script("voice", `for (let n = 1; n <= 5000; n++) console.log("line " + n);`);
  const { runId, outputLines } = await runToEnd(driver);
  const kept = driver.output(runId, 0);
  expect(kept).toHaveLength(2_000);
  expect(kept.at(-1)).toMatchObject({ text: "line 5000", number: outputLines });
  expect(kept[0]).toMatchObject({ text: "line 3001", number: outputLines - 1_999 });
});

it("cuts a line that never ends", async () => {
  const driver = harness.script(
    "voice",
    `process.stdout.write("é".repeat(3_000_000)); console.log("\\nafter");`,
  );
  const run = await runToEnd(driver);
  const kept = driver.output(run.runId, 0);
  expect(kept.at(-1)?.text).toBe("after");
  for (const line of kept) expect(line.text.length).toBeLessThanOrEqual(8_193);
  expect(kept.some((line) => line.text.includes("\uFFFD"))).toBe(false);
  expect(run.droppedBytes).toBeGreaterThan(5_900_000);
});

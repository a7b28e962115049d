import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { diskFiles, type StateFiles } from "../../../main/runner/state-files";
import { temporaryFolder } from "../../support/temporary-folder";
import { filesBelow, fixtureFile, goldenRoot, jsonLines, runCycleOf } from "./cycle-harness";

const mixed = { surface: "voice", fixturePath: fixtureFile("voice", "mixed-outcomes") } as const;
const commitFile = ".gatehouse-commit.json";

class PowerCut extends Error {}

/** A disk that works for `steps` steps and then never again; the last step is left half done where it can be. */
function dyingDisk(steps: number): { files: StateFiles; died: () => boolean } {
  let left = steps;
  let dead = false;
  const step =
    <Args extends unknown[]>(work: (...args: Args) => void, torn?: (...args: Args) => void) =>
    (...args: Args) => {
      if (dead) throw new PowerCut();
      if (left === 0) {
        dead = true;
        torn?.(...args);
        throw new PowerCut();
      }
      left -= 1;
      work(...args);
    };
  const half = (bytes: Uint8Array) => bytes.subarray(0, Math.floor(bytes.length / 2));
  return {
    died: () => dead,
    files: {
      makeDirectory: step(diskFiles.makeDirectory),
      append: step(diskFiles.append, (file, bytes) => diskFiles.append(file, half(bytes))),
      write: step(diskFiles.write, (file, text) => diskFiles.write(file, text.slice(0, text.length / 2))),
      rename: step(diskFiles.rename),
      remove: step(diskFiles.remove),
      syncDirectory: step(diskFiles.syncDirectory),
    },
  };
}

/** State and log tell the same story: as many failing cycles as the streak says, every case logged as often as it ran. */
function expectAgreement(stateDir: string, cycles: number): void {
  const files = filesBelow(stateDir);
  const events = jsonLines(files["runtime-events.jsonl"] ?? "");
  expect(events.map((event) => event["failure_streak"])).toEqual(
    Array.from({ length: cycles }, (_, index) => index + 1),
  );
  const state = JSON.parse(files["state.json"] ?? "");
  expect(state.health.failure_streak).toBe(cycles);
  expect(state.processed_case_keys).toHaveLength(2);
  const log = (speaker: string) =>
    jsonLines(files[`channel-store/channels/voice/${speaker}/log.jsonl`] ?? "");
  expect(log("ops-1")).toHaveLength(2);
  expect(log("ops-2")).toHaveLength(cycles);
  expect(Object.keys(files).filter((name) => path.basename(name).startsWith("."))).toEqual([]);
}

test("a cycle cut off between any two steps on the disk is completed or never was", async () => {
  let completed = 0;
  let steps = 0;
  for (; ; steps += 1) {
    const stateDir = path.join(await temporaryFolder(), "state");
    await runCycleOf({ ...mixed, stateDir });
    const disk = dyingDisk(steps);
    const ended = await runCycleOf({ ...mixed, stateDir, ports: { files: disk.files } }).then(
      () => true,
      () => false,
    );
    if (ended) break;
    expect(disk.died()).toBe(true);
    const committed = existsSync(path.join(stateDir, commitFile));
    // A third cycle repairs what the second left: two events if it had committed nothing, else three.
    const before = jsonLines(
      readFileSync(path.join(stateDir, "runtime-events.jsonl"), "utf8").replace(/[^\n]*$/, ""),
    );
    const third = await runCycleOf({ ...mixed, stateDir });
    expect(third.warnings).toEqual([]);
    const secondCounted = committed || before.length === 2;
    if (secondCounted) completed += 1;
    expectAgreement(stateDir, secondCounted ? 3 : 2);
  }
  // The commit file is in place after two steps; everything after that is completed.
  expect(steps).toBeGreaterThan(15);
  expect(completed).toBeGreaterThan(10);
  expect(completed).toBeLessThan(steps);
});

test("the first cycle in a directory is repaired like any other", async () => {
  for (const steps of [3, 5, 8, 12, 20, 30]) {
    const stateDir = path.join(await temporaryFolder(), "state");
    const cut = runCycleOf({ ...mixed, stateDir, ports: { files: dyingDisk(steps).files } });
    await expect(cut).rejects.toThrow("the next cycle will complete what this one recorded");
    await runCycleOf({ ...mixed, stateDir });
    expectAgreement(stateDir, 2);
  }
});

test("repairing twice, or over a stranger's lines, writes nothing twice", async () => {
  const stateDir = path.join(await temporaryFolder(), "state");
  await runCycleOf({ ...mixed, stateDir });
  const disk = dyingDisk(3);
  await expect(runCycleOf({ ...mixed, stateDir, ports: { files: disk.files } })).rejects.toThrow(
    "failed to write",
  );
  const commit = readFileSync(path.join(stateDir, commitFile), "utf8");
  const log = path.join(stateDir, "runtime-events.jsonl");
  appendFileSync(log, '{"reason_codes":["from_elsewhere"]}\n{"reason_codes":["half');
  await runCycleOf({ ...mixed, stateDir });
  // The machine stops again before the commit file's removal reached the disk: it comes back.
  writeFileSync(path.join(stateDir, commitFile), commit);
  const warned = await runCycleOf({ ...mixed, stateDir });
  const lines = readFileSync(log, "utf8").split("\n");
  expect(lines[2]).toBe('{"reason_codes":["half');
  const ours = lines.filter((line) => line.startsWith('{"timestamp_unix_ms"'));
  expect(ours.map((line) => JSON.parse(line).failure_streak)).toEqual([1, 2, 3, 4]);
  expect(warned.warnings).toEqual([
    `voice runner: ${path.join(stateDir, "state.json")}: changed by another process since the cycle; left as it is`,
  ]);
});

test.each([
  ["not JSON", "half a comm"],
  ["a wrong checksum", '{"format_version":1,"checksum":"0","changes":[]}'],
  [
    "a path outside",
    '{"format_version":1,"checksum":"0","changes":[{"kind":"append","path":"../x","offset":0,"text":""}]}',
  ],
])("a commit file with %s is discarded with a warning", async (_what, text) => {
  const stateDir = await temporaryFolder();
  writeFileSync(path.join(stateDir, commitFile), text);
  const { warnings } = await runCycleOf({ ...mixed, stateDir });
  expect(warnings).toEqual([expect.stringContaining(`${commitFile}: not a complete commit file; discarded`)]);
  const { "stdout.txt": _lines, ...golden } = filesBelow(path.join(goldenRoot, "voice-mixed-outcomes"));
  expect(filesBelow(stateDir)).toEqual(golden);
});

test("an event goes on a line of its own after a stranger's half line", async () => {
  const stateDir = await temporaryFolder();
  writeFileSync(path.join(stateDir, "runtime-events.jsonl"), '{"reason_codes":');
  await runCycleOf({ ...mixed, stateDir });
  const lines = readFileSync(path.join(stateDir, "runtime-events.jsonl"), "utf8").split("\n");
  expect(lines).toEqual(['{"reason_codes":', expect.stringContaining('"failure_streak":1'), ""]);
});

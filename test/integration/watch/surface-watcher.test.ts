import { appendFile, mkdtemp, rm, writeFile, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createSurfaceWatcher } from "../../../main/watch/surface-watcher";
import { systemClock } from "../../../main/system-clock";

let workspacePath: string;
beforeEach(async () => {
  workspacePath = await mkdtemp(join(tmpdir(), "gatehouse-watch-"));
});
afterEach(async () => {
  await rm(workspacePath, { recursive: true, force: true });
});

test("a surface is seen from nothing to healthy", async () => {
  const stateDir = join(workspacePath, ".tau", "voice");
  const watcher = createSurfaceWatcher({
    surface: "voice",
    workspacePath,
    stateDir,
    staleAfterMs: 60_000,
    liveSummaryPath: null,
    clock: systemClock,
  });
  await watcher.start();
  expect(watcher.reading().freshness.status).toBe("never-seen");
  let changes = 0;
  watcher.onChange(() => {
    changes += 1;
  });
  await mkdir(stateDir, { recursive: true });
  await appendFile(
    join(stateDir, "runtime-events.jsonl"),
    `{"timestamp_unix_ms":${Date.now()},"health_state":"healthy","health_reason":"ok","reason_codes":["turns_handled"],"applied_cases":3}\n`,
  );
  await writeFile(
    join(stateDir, "state.json"),
    JSON.stringify({
      schema_version: 1,
      processed_case_keys: ["a"],
      health: { updated_unix_ms: Date.now() },
    }),
  );
  await expect.poll(() => watcher.reading().gate, { timeout: 5_000 }).toBe("pass");
  await expect.poll(() => watcher.reading().log.cycles, { timeout: 5_000 }).toBe(1);
  expect(changes).toBeGreaterThan(0);
  await watcher.stop();
});

import { execa } from "execa";
import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { onTestFinished, expect, it } from "vitest";
import { surfaceIds, type SurfaceId } from "#contract/identity";
import { projectRoot } from "../../../resources/setup/project.mjs";
import { ensureBuilt } from "../../support/build";
import { rounds, seed } from "../../support/depth";
import { createRandom } from "../../support/random";
import { temporaryFolder } from "../../support/temporary-folder";
import { waitUntil } from "../../support/wait-until";

interface EventRecord {
  failed_cases: number;
  applied_cases: number;
  malformed_cases: number;
  failure_streak: number;
  discovered_cases: number;
  timestamp_unix_ms: number;
}
interface StateFile {
  processed_case_keys: string[];
  health: { failure_streak: number; last_cycle_discovered: number; last_cycle_failed: number };
}

/** Cycles that must have been written before the program is no longer killed. */
const cyclesWanted = rounds(25, 200);
const random = createRandom(seed);

const stateDir = (workspace: string, surface: SurfaceId): string => join(workspace, ".tau", surface);

async function eventRecords(workspace: string, surface: SurfaceId): Promise<string[]> {
  const text = await readFile(join(stateDir(workspace, surface), "runtime-events.jsonl"), "utf8").catch(
    () => "",
  );
  return text.split("\n").filter((line) => line !== "");
}

async function cyclesWritten(workspace: string): Promise<number> {
  const counts = await Promise.all(surfaceIds.map(async (id) => (await eventRecords(workspace, id)).length));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** The demo's surfaces and fixtures, running as often as the settings allow, with room for every case key. */
async function busyWorkspace(): Promise<string> {
  const workspace = await temporaryFolder();
  const shipped = join(projectRoot, "fixtures", "demo");
  const target = join(workspace, ".gatehouse");
  await mkdir(join(target, "fixtures"), { recursive: true });
  for (const surface of surfaceIds)
    await cp(join(shipped, surface), join(target, "fixtures", surface), { recursive: true });
  const settings = JSON.parse(await readFile(join(shipped, "settings.json"), "utf8")) as {
    surfaces: Record<string, { intervalMs: number; limits: { processedCaseCap: number } }>;
  };
  for (const surface of Object.values(settings.surfaces)) {
    surface.intervalMs = 1_000;
    surface.limits.processedCaseCap = 100_000;
  }
  await writeFile(join(target, "settings.json"), JSON.stringify(settings, null, 2));
  return workspace;
}

const startProgram = (out: string, workspace: string) =>
  execa(process.execPath, [join(out, "main", "cli.js"), "serve", "--workspace", workspace], {
    reject: false,
  });

/** Processes whose parent is `pid`, by the kernel's own list. */
async function childrenOf(pid: number): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, "utf8").catch(() => "");
    const parent = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1];
    if (parent === String(pid)) found.push(Number(name));
  }
  return found;
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

it(`keeps state, log and channels consistent over ${cyclesWanted} cycles of a program that is killed at random points (seed ${seed})`, async () => {
  const out = await ensureBuilt();
  const workspace = await busyWorkspace();
  const running: { program?: ReturnType<typeof startProgram> } = {};
  onTestFinished(async () => {
    running.program?.kill("SIGTERM");
    await running.program;
  });

  let kills = 0;
  for (;;) {
    const written = await cyclesWritten(workspace);
    if (written >= cyclesWanted) break;
    const program = (running.program = startProgram(out, workspace));
    const pid = program.pid;
    expect(pid).toBeDefined();
    await waitUntil(
      "a cycle is written after the program was killed and started again",
      async () => (await cyclesWritten(workspace)) > written,
    );
    // Somewhere in the middle of whatever the five surfaces are doing by then.
    await new Promise((done) => setTimeout(done, random.below(1_500)));
    const children = await childrenOf(pid ?? 0);
    kill(pid ?? 0);
    // Half of the time the cycles that were under way die with it; otherwise they finish as orphans.
    if (random.chance(0.5)) children.forEach(kill);
    kills += 1;
    await program;
  }
  expect(kills).toBeGreaterThan(cyclesWanted / 20);

  const program = (running.program = startProgram(out, workspace));
  const before = new Map<SurfaceId, number>();
  for (const id of surfaceIds) before.set(id, (await eventRecords(workspace, id)).length);
  for (const id of surfaceIds)
    await waitUntil(
      `${id} completes a cycle after the last kill`,
      async () => (await eventRecords(workspace, id)).length > (before.get(id) ?? 0),
    );
  program.kill("SIGTERM");
  expect((await program).exitCode).toBe(0);

  for (const id of surfaceIds) {
    const directory = stateDir(workspace, id);
    const left = (await readdir(directory)).filter((name) => name.startsWith(".gatehouse"));
    expect(left, `${id} leaves no half-done work`).toEqual([]);

    const records = (await eventRecords(workspace, id)).map((line) => JSON.parse(line) as EventRecord);
    const state = JSON.parse(await readFile(join(directory, "state.json"), "utf8")) as StateFile;
    let streak = 0;
    for (const [index, record] of records.entries()) {
      streak = record.failed_cases > 0 ? streak + 1 : 0;
      expect(record.failure_streak, `${id}, event ${index + 1}`).toBe(streak);
    }
    const last = records.at(-1);
    expect(state.health).toMatchObject({
      failure_streak: streak,
      last_cycle_discovered: last?.discovered_cases,
      last_cycle_failed: last?.failed_cases,
    });
    // Every case id is used once, so each event's finished cases are exactly the keys it added: none lost, none doubled.
    const finished = records.reduce((sum, record) => sum + record.applied_cases + record.malformed_cases, 0);
    expect(state.processed_case_keys.length, `${id} remembers each finished case once`).toBe(finished);
    expect(new Set(state.processed_case_keys).size).toBe(finished);

    const logged = new Map<string, number>();
    for (const file of await readdir(join(directory, "channel-store"), { recursive: true })) {
      if (!file.endsWith("log.jsonl")) continue;
      for (const line of (await readFile(join(directory, "channel-store", file), "utf8")).split("\n")) {
        if (line === "") continue;
        const { event_key } = JSON.parse(line) as { event_key: string };
        logged.set(event_key, (logged.get(event_key) ?? 0) + 1);
      }
    }
    const doubled = state.processed_case_keys.filter((key) => (logged.get(key) ?? 0) > 1);
    expect(doubled, `${id} logs each finished case once in its channel`).toEqual([]);
  }
});

import { execa } from "execa";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, expect, it } from "vitest";
import { isProcessAlive } from "../../../main/system/process-identity";
import { ensureBuilt } from "../../support/build";
import { rounds, seed } from "../../support/depth";
import { createRandom } from "../../support/random";
import { waitUntil } from "../../support/wait-until";

let cli: string;
let path: string | undefined;
beforeAll(async () => {
  cli = join(await ensureBuilt(), "main", "cli.js");
});
afterEach(async () => {
  if (path !== undefined) await rm(path, { recursive: true, force: true });
});

const fixture = {
  schema_version: 1,
  name: "one wake word a cycle",
  cases: [
    {
      case_id: "wake-@cycle@",
      mode: "wake_word",
      wake_word: "tau",
      transcript: "tau",
      locale: "en-US",
      speaker_id: "ops",
      expected: {
        outcome: "success",
        status_code: 202,
        response_body: { mode: "wake_word", status: "accepted", wake_detected: true, wake_word: "tau" },
      },
    },
  ],
};

const lives = rounds(3, 8);

it(`gives every cycle a number of its own, however often the console is killed (${lives} times, seed ${seed})`, async () => {
  const random = createRandom(seed);
  const workspace = await mkdtemp(join(tmpdir(), "gatehouse-killed-"));
  path = workspace;
  await mkdir(join(workspace, ".gatehouse"));
  await writeFile(join(workspace, "voice.json"), JSON.stringify(fixture));
  const voice = { driver: "embedded", fixture: "voice.json", intervalMs: 1_000 };
  await writeFile(
    join(workspace, ".gatehouse/settings.json"),
    JSON.stringify({ schemaVersion: 1, surfaces: { voice } }),
  );
  const log = join(workspace, ".tau/voice/runtime-events.jsonl");
  const cycles = async (): Promise<number> =>
    (await readFile(log, "utf8").catch(() => "")).split("\n").length - 1;
  const serve = () =>
    execa(process.execPath, [cli, "serve", "--workspace", workspace], { reject: false, stdin: "ignore" });

  for (let life = 0; life < lives; life++) {
    const before = await cycles();
    const console = serve();
    await waitUntil(`a cycle of life ${life}`, async () => (await cycles()) > before);
    // Somewhere between two cycles, or within one.
    await new Promise((resolve) => setTimeout(resolve, random.below(1_100)));
    console.kill("SIGKILL");
    await console;
  }
  const last = serve();
  const before = await cycles();
  await waitUntil("a cycle of the last life", async () => (await cycles()) > before);
  last.kill("SIGTERM");
  expect((await last).exitCode).toBe(0);
  expect(last.pid === undefined || isProcessAlive(last.pid)).toBe(false);

  const events = (await readFile(log, "utf8")).trimEnd().split("\n");
  for (const event of events)
    expect(JSON.parse(event)).toMatchObject({
      applied_cases: 1,
      duplicate_skips: 0,
      health_state: "healthy",
    });
  const state = JSON.parse(await readFile(join(workspace, ".tau/voice/state.json"), "utf8")) as {
    processed_case_keys: string[];
  };
  const numbers = state.processed_case_keys.map((key) => Number(key.split("-").at(-1)));
  expect(numbers).toHaveLength(events.length);
  expect(numbers).toEqual([...new Set(numbers)].toSorted((left, right) => left - right));
  const counter = JSON.parse(await readFile(join(workspace, ".gatehouse/drivers/voice.json"), "utf8")) as {
    cycle: number;
  };
  expect(counter.cycle).toBeGreaterThanOrEqual(numbers.at(-1) as number);
});

it("ends a program that outlived a killed console before it starts the next", async () => {
  const workspace = await mkdtemp(join(tmpdir(), "gatehouse-leftover-"));
  path = workspace;
  await mkdir(join(workspace, ".gatehouse"));
  const pids = join(workspace, "pids");
  const script = `require("node:fs").appendFileSync(${JSON.stringify(pids)}, process.pid + "\\n"); setInterval(() => {}, 1000);`;
  const memory = { driver: "command", program: process.execPath, args: ["-e", script] };
  await writeFile(
    join(workspace, ".gatehouse/settings.json"),
    JSON.stringify({ schemaVersion: 1, surfaces: { memory } }),
  );
  const started = async (): Promise<number[]> =>
    (await readFile(pids, "utf8").catch(() => "")).split("\n").filter(Boolean).map(Number);
  const serve = () =>
    execa(process.execPath, [cli, "serve", "--workspace", workspace], { reject: false, stdin: "ignore" });

  const first = serve();
  const [orphan] = await waitUntil(
    "the first program",
    async () => (await started()).length === 1 && started(),
  );
  await waitUntil("its number on disk", () =>
    readFile(join(workspace, ".gatehouse/drivers/memory.run.json"), "utf8").catch(() => null),
  );
  first.kill("SIGKILL");
  await first;
  expect(isProcessAlive(orphan as number)).toBe(true);

  const second = serve();
  const [, next] = await waitUntil(
    "the second program",
    async () => (await started()).length === 2 && started(),
  );
  expect(isProcessAlive(orphan as number)).toBe(false);
  expect(isProcessAlive(next as number)).toBe(true);
  second.kill("SIGTERM");
  await second;
  await waitUntil("the second program to be ended with its console", () => !isProcessAlive(next as number));
});

import { mkdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Clock } from "#domain/clock";
import type { ProjectReading } from "#domain/tos/governance/project-reading";
import { ProjectMemory } from "../../../../main/tos/project/project-memory";
import { readProject } from "../../../../main/tos/project/read-project";
import { configText } from "../../../support/tos/base-script";
import { temporaryFolder } from "../../../support/temporary-folder";

const clock: Clock = { nowUnixMs: () => 1_000, monotonicMs: () => 1_000 };
const log = (phase: string): string => JSON.stringify({ phase, step_num: 1, draft_raw: "value-of-a-key" });

async function project(): Promise<{ root: string; path: string }> {
  const root = await temporaryFolder();
  await mkdir(join(root, "logs/steps"), { recursive: true });
  await writeFile(join(root, "config_v0_3.json"), configText());
  return { root, path: join(root, "logs/steps/step_001.json") };
}

test("what is remembered is what is there: changed, replaced, removed and new logs are seen at once", async () => {
  const { root, path } = await project();
  const memory = new ProjectMemory();
  const phases = async (): Promise<string[]> =>
    (await readProject(root, {}, clock, memory)).steps.map(({ row }) => row.phase);
  expect(await phases()).toEqual([]);
  await writeFile(path, log("execute"));
  expect(await phases()).toEqual(["execute"]);
  expect(await phases()).toEqual(["execute"]);
  // As many bytes, and the time of the file put back: only its change time tells.
  await writeFile(path, log("unusual"));
  await utimes(path, 1, 1);
  expect(await phases()).toEqual(["unusual"]);
  await rm(path);
  expect(await phases()).toEqual([]);
  await writeFile(path, log("done"));
  expect(await phases()).toEqual(["done"]);
});

test("a log that has not changed is searched again when there is another key", async () => {
  const { root, path } = await project();
  await writeFile(path, log("execute"));
  const memory = new ProjectMemory();
  const leaks = async (value: string): Promise<readonly unknown[]> =>
    (await readProject(root, { OPENAI_API_KEY: value }, clock, memory)).leaks;
  expect(await leaks("some-other-value")).toEqual([]);
  expect(await leaks("value-of-a-key")).toEqual([
    { path: "logs/steps/step_001.json", key: "OPENAI_API_KEY" },
  ]);
  expect(await leaks("value-of-a-key")).toHaveLength(1);
  expect(await leaks("some-other-value")).toEqual([]);
});

test("the keyring is asked once in a while, and what was found of its keys stands until then", async () => {
  const { root, path } = await project();
  const programs = await temporaryFolder();
  const asked = join(programs, "asked");
  const script = `#!/bin/sh\necho "$5" >> ${asked}\nprintf value-of-a-key\n`;
  await writeFile(join(programs, "secret-tool"), script, { mode: 0o755 });
  const environment = { PATH: `${programs}:/usr/bin:/bin` };
  await writeFile(path, log("execute"));
  const memory = new ProjectMemory();
  const readAt = async (monotonicMs: number): Promise<ProjectReading> =>
    readProject(root, environment, { nowUnixMs: () => 1_000, monotonicMs: () => monotonicMs }, memory);
  const first = await readAt(0);
  expect(first.keys.map(({ source }) => source)).toEqual(["keyring", "keyring"]);
  expect(first.leaks).toHaveLength(2);
  for (const moment of [1_000, 2_000, 29_000]) {
    const again = await readAt(moment);
    expect(again.keys).toEqual(first.keys);
    expect(again.leaks).toEqual(first.leaks);
  }
  expect((await readFile(asked, "utf8")).trim().split("\n")).toEqual(["OPENAI_API_KEY", "ANTHROPIC_API_KEY"]);
  await rm(path);
  expect((await readAt(31_000)).leaks).toEqual([]);
  expect((await readFile(asked, "utf8")).trim().split("\n")).toHaveLength(4);
});

test("of more logs than can be looked at the last are shown, and that is said", async () => {
  const { root } = await project();
  const names = Array.from({ length: 2_003 }, (_, index) => `step_${String(index).padStart(4, "0")}.json`);
  await Promise.all(names.map((name) => writeFile(join(root, "logs/steps", name), "{}")));
  const reading = await readProject(root, {}, clock);
  expect(reading.steps).toHaveLength(2_000);
  expect(reading.steps.at(-1)?.row.file).toBe("step_2002.json");
  expect(reading.stepsProblem).toBe("logs/steps: the first 3 of 2003 step logs are not shown");
});

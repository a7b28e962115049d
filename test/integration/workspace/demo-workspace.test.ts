import { cp, mkdtemp, mkdir, readdir, readFile, rm, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { surfaceIds } from "#contract/identity";
import { systemClock } from "../../../main/system/clock";
import { prepareDemoWorkspace } from "../../../main/workspace/demo";
import { openWorkspace } from "../../../main/workspace/workspace";

let home: string;
let shipped: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "gatehouse-demo-"));
  shipped = join(home, "shipped");
  await cp("fixtures/demo", shipped, { recursive: true });
});
afterEach(() => rm(home, { recursive: true, force: true }));

const prepare = () =>
  prepareDemoWorkspace({
    shippedDirectory: shipped,
    environment: { GATEHOUSE_DATA_DIR: join(home, "data") },
    platform: process.platform,
    homeDirectory: home,
  });
const root = () => join(home, "data/demo-workspace/.gatehouse");
const fixture = "fixtures/voice/morning-status.json";
const shippedFixture = () => join(shipped, "voice/morning-status.json");

/** Every file of the demo folder by its path. */
async function snapshot(): Promise<Record<string, string>> {
  const entries = await readdir(root(), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = await Promise.all(
    files.map(async (file) => [file, await readFile(file, "utf8")] as const),
  );
  return Object.fromEntries(contents);
}

describe("the demo workspace", () => {
  it("runs all five surfaces here, on fixtures that are all in it", async () => {
    const path = await prepare();
    expect(path).toBe(join(home, "data/demo-workspace"));
    const workspace = await openWorkspace(path, systemClock);
    expect(workspace.view()).toMatchObject({ demo: true, settingsErrors: [], name: "Demo: Harbor shop 2.8" });
    for (const surface of surfaceIds) {
      const settings = workspace.surfaceSettings(surface);
      if (settings.driver !== "embedded") throw new Error(`${surface} is ${settings.driver}`);
      expect(settings.autoStart).toBe(true);
      for (const file of [settings.fixture].flat()) await readFile(join(path, file), "utf8");
    }
    await workspace.dispose();
    const before = await snapshot();
    await prepare();
    expect(await snapshot()).toEqual(before);
  });

  it("keeps an operator's edits and lays a newer version of an edited fixture beside it", async () => {
    await prepare();
    await writeFile(join(root(), "settings.json"), '{"mine":1}');
    await writeFile(join(root(), fixture), '{"edited":true}');
    await writeFile(join(root(), "fixtures/voice/own.json"), "{}");
    await writeFile(shippedFixture(), '{"version":2}');
    await prepare();
    await prepare();
    expect(await readFile(join(root(), "settings.json"), "utf8")).toBe('{"mine":1}');
    expect(await readFile(join(root(), fixture), "utf8")).toBe('{"edited":true}');
    expect(await readFile(join(root(), "fixtures/voice/morning-status.new.json"), "utf8")).toBe(
      '{"version":2}',
    );
    expect(await readFile(join(root(), "fixtures/voice/own.json"), "utf8")).toBe("{}");
  });

  it("replaces what nobody has edited, adds what is new and restores what is gone", async () => {
    await prepare();
    await writeFile(shippedFixture(), '{"version":2}');
    await writeFile(join(shipped, "voice/added.json"), '{"added":true}');
    await unlink(join(root(), "fixtures/memory/recall-runbook.json"));
    await prepare();
    expect(await readFile(join(root(), fixture), "utf8")).toBe('{"version":2}');
    expect(await readFile(join(root(), "fixtures/voice/added.json"), "utf8")).toBe('{"added":true}');
    expect(await readFile(join(root(), "fixtures/memory/recall-runbook.json"), "utf8")).toContain("Recall");
  });

  it("completes what a killed start left behind", async () => {
    await prepare();
    const whole = await snapshot();
    await unlink(join(root(), "demo.json"));
    await rm(join(root(), "fixtures/dashboard"), { recursive: true });
    await prepare();
    expect(await snapshot()).toEqual(whole);
  });

  it.each([
    [
      "a file in the place of the folder",
      async () => {
        await mkdir(join(home, "data"), { recursive: true });
        await writeFile(join(home, "data/demo-workspace"), "");
      },
    ],
    [
      "a manifest that is not one",
      async () => {
        await prepare();
        await writeFile(join(root(), "demo.json"), "{");
      },
    ],
    [
      "a folder in the place of a fixture",
      async () => {
        await prepare();
        await unlink(join(root(), fixture));
        await mkdir(join(root(), fixture));
      },
    ],
  ])("names the folder and the remedy when it finds %s", async (_name, damage) => {
    await damage();
    const problem = prepare();
    await expect(problem).rejects.toMatchObject({
      code: "unreadable",
      message: `The demo workspace ${join(home, "data/demo-workspace")} cannot be used.`,
    });
    await expect(problem).rejects.toMatchObject({
      details: [expect.any(String), expect.stringContaining("Move that folder away")],
    });
  });
});

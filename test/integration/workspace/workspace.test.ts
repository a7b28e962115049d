import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { workspaceViewSchema } from "#contract/view";
import type { Workspace } from "../../../main/host/ports";
import { systemClock } from "../../../main/system/clock";
import { openWorkspace } from "../../../main/workspace/workspace";
import { waitUntil } from "../../support/wait-until";

let path: string;
let workspace: Workspace | undefined;
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), "gatehouse-workspace-"));
});
afterEach(async () => {
  await workspace?.dispose();
  workspace = undefined;
  await rm(path, { recursive: true, force: true });
});

const settingsPath = () => join(path, ".gatehouse/settings.json");
async function write(content: unknown): Promise<void> {
  await mkdir(join(path, ".gatehouse"), { recursive: true });
  await writeFile(settingsPath(), typeof content === "string" ? content : JSON.stringify(content, null, 2));
}
const open = async (): Promise<Workspace> => (workspace = await openWorkspace(path, systemClock));
const voice = (settings: unknown) => ({ schemaVersion: 1, surfaces: { voice: settings } });

describe("opening", () => {
  it("without a settings file observes all five surfaces and writes nothing", async () => {
    const opened = await open();
    expect(workspaceViewSchema.parse(opened.view())).toMatchObject({ path, demo: false, settingsErrors: [] });
    expect(opened.surfaceSettings("browser-automation")).toEqual({
      driver: "observe",
      stateDir: ".tau/browser-automation",
      staleAfterMs: 900_000,
    });
    expect(await readdir(path)).toEqual([]);
  });

  it("refuses a path that is no folder, saying so", async () => {
    await expect(openWorkspace(join(path, "missing"), systemClock)).rejects.toMatchObject({
      code: "not_found",
    });
    await writeFile(join(path, "file"), "");
    await expect(openWorkspace(join(path, "file"), systemClock)).rejects.toMatchObject({
      code: "unreadable",
    });
    await expect(openWorkspace("a\0b", systemClock)).rejects.toMatchObject({ code: "invalid_request" });
  });

  it("opens with defaults and an error when the file is wrong from the start", async () => {
    await write("{");
    const opened = await open();
    expect(opened.view().settingsErrors).toEqual([
      ".gatehouse/settings.json is not valid JSON: expected a quoted key at line 1 column 2",
    ]);
    expect(opened.surfaceSettings("voice").driver).toBe("observe");
  });

  it("says what is wrong with a file that is no text", async () => {
    await write("x");
    await writeFile(settingsPath(), Buffer.from([0xff, 0xfe, 0x00]));
    expect((await open()).view().settingsErrors[0]).toContain("expected UTF-8 text");
    await workspace?.dispose();
    await rm(settingsPath());
    await mkdir(settingsPath());
    expect((await open()).view().settingsErrors[0]).toContain("cannot be read");
    await workspace?.dispose();
    await rm(settingsPath(), { recursive: true });
    await writeFile(settingsPath(), " ".repeat(1_048_577));
    expect((await open()).view().settingsErrors[0]).toContain("at most 1048576 bytes, found 1048577");
  });
});

describe("a change of the file", () => {
  it("is taken over live; a mistake keeps the last good settings; mending it heals", async () => {
    await write({ ...voice({ driver: "observe", staleAfterMs: 5_000 }), name: "First" });
    const opened = await open();
    let announced = 0;
    opened.onChange(() => announced++);
    expect(opened.view().name).toBe("First");

    await write({ ...voice({ driver: "observe", staleAfterMs: 6_000 }), name: "Second" });
    await waitUntil("the new settings", () => opened.view().name === "Second");
    expect(opened.surfaceSettings("voice").staleAfterMs).toBe(6_000);
    expect(announced).toBe(1);

    await write(voice({ driver: "observe", staleAfterMs: -1 }));
    await waitUntil("the mistake", () => opened.view().settingsErrors.length > 0);
    expect(opened.view().settingsErrors[0]).toContain("surfaces.voice.staleAfterMs");
    expect(opened.surfaceSettings("voice").staleAfterMs).toBe(6_000);
    expect(opened.view().name).toBe("Second");

    await writeFile(
      `${settingsPath()}.new`,
      JSON.stringify(voice({ driver: "observe", staleAfterMs: 7_000 })),
    );
    await rename(`${settingsPath()}.new`, settingsPath());
    await waitUntil("the mended settings", () => opened.view().settingsErrors.length === 0);
    expect(opened.surfaceSettings("voice").staleAfterMs).toBe(7_000);

    await rm(settingsPath());
    await waitUntil("the defaults", () => opened.surfaceSettings("voice").staleAfterMs === 900_000);
  });

  it("is announced when the file appears after the workspace was opened", async () => {
    const opened = await open();
    await write({ ...voice({ driver: "observe" }), name: "Late" });
    await waitUntil("the new file", () => opened.view().name === "Late");
    expect(opened.view().settingsErrors).toEqual([]);
  });
});

describe("a change by an operator", () => {
  it("is written with the other keys in their order, logged, then announced", async () => {
    await write({ name: "Ours", ...voice({ driver: "embedded", fixture: "a.json" }) });
    const opened = await open();
    const announced: string[] = [];
    opened.onChange(() => announced.push(JSON.stringify(opened.surfaceSettings("voice"))));
    await Promise.all([
      opened.updateSurface("voice", (settings) => ({ ...settings, intervalMs: 9_000 }) as typeof settings),
      opened.updateSurface("memory", () => ({ driver: "observe", staleAfterMs: 4_000 })),
    ]);
    expect(await readFile(settingsPath(), "utf8")).toBe(
      `${JSON.stringify(
        {
          name: "Ours",
          schemaVersion: 1,
          surfaces: {
            voice: { driver: "embedded", fixture: "a.json", intervalMs: 9_000 },
            memory: { driver: "observe", staleAfterMs: 4_000 },
          },
        },
        null,
        2,
      )}\n`,
    );
    expect(announced[0]).toContain('"intervalMs":9000');
    expect(opened.surfaceSettings("memory").staleAfterMs).toBe(4_000);
    expect(await readdir(join(path, ".gatehouse"))).toEqual(["operator-log.jsonl", "settings.json"]);
    const log = (await readFile(join(path, ".gatehouse/operator-log.jsonl"), "utf8")).trimEnd().split("\n");
    expect(log.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { action: "configure", surface: "voice", effect: "intervalMs: 15000 → 9000" },
      { action: "configure", surface: "memory", effect: "staleAfterMs: (unset) → 4000" },
    ]);
  });

  it("makes the file when there is none", async () => {
    const opened = await open();
    await opened.updateSurface("voice", () => ({ driver: "observe", staleAfterMs: 4_000 }));
    expect(JSON.parse(await readFile(settingsPath(), "utf8"))).toEqual(
      voice({ driver: "observe", staleAfterMs: 4_000 }),
    );
  });

  it("is refused while the file has a mistake, and when it is one itself; the file stays as it is", async () => {
    await write("{ mistake");
    const opened = await open();
    const change = opened.updateSurface("voice", () => ({ driver: "observe" }));
    await expect(change).rejects.toMatchObject({ code: "conflict" });
    expect(await readFile(settingsPath(), "utf8")).toBe("{ mistake");
    await write(voice({ driver: "observe" }));
    const clash = opened.updateSurface("voice", () => ({ driver: "observe", stateDir: ".tau/memory" }));
    await expect(clash).rejects.toMatchObject({ code: "invalid_request" });
    expect(JSON.parse(await readFile(settingsPath(), "utf8"))).toEqual(voice({ driver: "observe" }));
  });

  it("repairs the operator log after a line that a crash cut off", async () => {
    await write(voice({ driver: "observe" }));
    await writeFile(join(path, ".gatehouse/operator-log.jsonl"), '{"unixMs":1,"wh');
    const opened = await open();
    await opened.updateSurface("voice", () => ({ driver: "observe", staleAfterMs: 4_000 }));
    const lines = (await readFile(join(path, ".gatehouse/operator-log.jsonl"), "utf8")).split("\n");
    expect(lines[0]).toBe('{"unixMs":1,"wh');
    expect(JSON.parse(lines[1] as string)).toMatchObject({ action: "configure" });
  });
});

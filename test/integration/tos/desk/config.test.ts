import { chmod, readFile, rename, stat, symlink } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../support/temporary-folder";
import { createDeskWorkspace, type DeskWorkspace } from "../../../support/tos/desk-workspace";
import { openDesk, type WatchedDesk } from "./open-desk";

let workspace: DeskWorkspace;
let watched: WatchedDesk;
beforeEach(async () => {
  workspace = await createDeskWorkspace(await temporaryFolder());
  watched = await openDesk(workspace.path);
});

const config = "config_v0_3.json";
const reason = "more steps";
/** Saves what a change makes of the text, with the acknowledgement of the rules named. */
async function save(change: (text: string) => string, ...rules: ("G20" | "G21" | "G44")[]) {
  const { text, digest } = await watched.desk.config();
  const acknowledgements = rules.map((rule) => ({ rule, reason: "practice" }));
  return watched.desk.saveConfig({ text: change(text), baseDigest: digest, reason, acknowledgements });
}
const moreSteps = (text: string): string => text.replace('"max_steps": 8', '"max_steps": 9');

describe("the configuration", () => {
  it("is written byte for byte as given, and what changed and why is in the operator log", async () => {
    const before = await workspace.read(config);
    const odd = (text: string): string => `${moreSteps(text).replace("\n", "\r\n")}\n \t`;
    const { view } = await save(odd, "G44");
    expect(await workspace.read(config)).toBe(odd(before));
    expect(view?.config).toMatchObject({ maxSteps: 9, problems: [] });
    const log = await readFile(join(workspace.path, ".gatehouse/operator-log.jsonl"), "utf8");
    expect(JSON.parse(log.trimEnd())).toMatchObject({
      action: "configure",
      surface: "tos",
      reason,
      effect: expect.stringContaining("max_steps changes from 8 to 9.") as string,
    });
  });

  it("is not written over a change that the edit did not begin from", async () => {
    const { text, digest } = await watched.desk.config();
    const others = text.replace('"api_retry": 2', '"api_retry": 3');
    await workspace.write(config, others);
    const input = { text: moreSteps(text), baseDigest: digest, reason, acknowledgements: [] };
    await expect(watched.desk.saveConfig(input)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("has changed since") as string,
    });
    expect(await workspace.read(config)).toBe(others);
  });

  it("takes an undefined key only when G20 is acknowledged, and text that is no JSON never", async () => {
    const before = await workspace.read(config);
    const undefinedKey = (text: string): string => text.replace("{", '{"max_stepss": 1,');
    expect(watched.desk.checkConfig({ text: undefinedKey(before) }).problems.join()).toContain("max_stepss");
    await expect(save(undefinedKey, "G44")).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("G20") as string,
    });
    await expect(save(() => "{", "G20", "G21", "G44")).rejects.toMatchObject({ code: "conflict" });
    expect(await workspace.read(config)).toBe(before);
    const { view } = await save(undefinedKey, "G20", "G44");
    expect(view?.config.problems.join()).toContain("max_stepss");
    const kept = await workspace.read(".gatehouse/tos/acknowledged.jsonl");
    expect(kept).toContain('"operation":"save-config"');
  });

  it("keeps its rights, and stays where a link leads to", async () => {
    const path = join(workspace.root, config);
    const real = join(workspace.path, "real.json");
    await rename(path, real);
    await chmod(real, 0o640);
    await symlink(real, path);
    await save(moreSteps, "G44");
    expect((await stat(real)).mode & 0o777).toBe(0o640);
    expect(await readFile(real, "utf8")).toContain('"max_steps": 9');
  });

  it("is watched: a change from outside is announced, and the same again is not", async () => {
    await workspace.write(config, moreSteps(await workspace.read(config)));
    await watched.until("the change", ({ config: shown }) => shown.maxSteps === 9);
    await watched.until("git's word of it", ({ repository }) => repository.changeCount === 1);
    const announced = watched.announcements();
    await watched.desk.acknowledgeRunbook();
    await watched.until("the acknowledgement", ({ rules }) =>
      rules.some(({ rule, status }) => rule === "G03" && status === "kept"),
    );
    expect(watched.announcements()).toBe(announced + 1);
  });
});

import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../support/temporary-folder";
import { createDeskWorkspace } from "../../../support/tos/desk-workspace";
import { waitUntil } from "../../../support/wait-until";
import { openDesk } from "./open-desk";

describe("the project of a workspace", () => {
  it("is the one its settings name, also after they have changed", async () => {
    const workspace = await createDeskWorkspace(await temporaryFolder());
    const watched = await openDesk(workspace.path);
    const settings = join(workspace.path, ".gatehouse/settings.json");
    await writeFile(settings, JSON.stringify({ schemaVersion: 1, surfaces: {}, tosRoot: "elsewhere" }));
    const elsewhere = join(workspace.path, "elsewhere");
    const problem = `no TOS project: no config_v0_3.json in ${elsewhere}`;
    await waitUntil("no project", () => watched.desk.state().problem === problem);
    expect(watched.desk.state().view).toBeNull();
    const unavailable = { code: "unavailable", message: problem };
    await expect(watched.desk.config()).rejects.toMatchObject(unavailable);
    await expect(watched.desk.preview({ target: null, recoveryId: null })).rejects.toMatchObject(unavailable);
    expect(() => watched.desk.checkConfig({ text: "{}" })).toThrow(problem);
    await rename(workspace.root, elsewhere);
    await watched.until("the project that has come", ({ root }) => root === elsewhere);
    expect(watched.problems).toEqual([]);
  });

  it("stays one when it loses its configuration, so that it can be rolled back", async () => {
    const workspace = await createDeskWorkspace(await temporaryFolder());
    const watched = await openDesk(workspace.path);
    await rm(join(workspace.root, "config_v0_3.json"));
    const view = await watched.until("the loss", ({ config }) => config.modifiedUnixMs === null);
    expect(view.config.problems.join()).toContain("config_v0_3.json");
    await expect(watched.desk.config()).rejects.toMatchObject({ code: "not_found" });
  });

  it("is shown without a repository, and says what is missing", async () => {
    const workspace = await createDeskWorkspace(await temporaryFolder());
    await rm(join(workspace.root, ".git"), { recursive: true });
    const watched = await openDesk(workspace.path);
    expect(watched.view().repository).toMatchObject({
      state: "none",
      problem: expect.stringMatching(/\S/) as string,
    });
    await expect(watched.desk.preview({ target: "HEAD", recoveryId: null })).rejects.toMatchObject({
      code: "conflict",
    });
  });
});

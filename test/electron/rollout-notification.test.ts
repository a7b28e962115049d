import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createHostRequester } from "../../main/cli/commands/rollout/host-requester";
import { readClaim } from "../../main/host/workspace-claim";
import { launchConsole, type ElectronConsole } from "../support/electron-console";
import { RolloutWorkspace } from "../support/rollout/rollout-workspace";
import { waitUntil } from "../support/wait-until";

interface Shown {
  readonly title: string;
  readonly body: string;
}

describe("a notification on the desktop", () => {
  let workspace: RolloutWorkspace;
  let stop: () => Promise<void>;
  let console: ElectronConsole;

  beforeEach(async () => {
    workspace = await RolloutWorkspace.create({ soakMs: 600_000 });
    stop = workspace.keepRunning();
    console = await launchConsole({ workspacePath: workspace.path });
  });
  afterEach(async () => {
    await console.close();
    await stop();
    await workspace.remove();
  });

  /** Keeps what would be shown, for there is no desktop here to show it. */
  const keepNotifications = (): Promise<void> =>
    console.app.evaluate(({ Notification }) => {
      const kept: unknown[] = [];
      Object.assign(globalThis, { keptNotifications: kept });
      Notification.isSupported = () => true;
      Notification.prototype.show = function show(this: unknown) {
        kept.push(this);
      };
    });
  const shown = (): Promise<Shown[]> =>
    console.app.evaluate(() =>
      (globalThis as unknown as { keptNotifications: Shown[] }).keptNotifications.map(({ title, body }) => ({
        title,
        body,
      })),
    );

  it("tells of a trigger while the window is hidden, and its click shows the place it speaks of", async () => {
    await keepNotifications();
    const request = createHostRequester(
      await waitUntil("the window's address", async () => (await readClaim(workspace.path))?.server),
    );
    const latest = async () => (await request("console.snapshot", {})).rollout.latest;
    await request("rollout.start", await workspace.startRequest());
    await waitUntil("the promotion", async () => {
      const view = await latest();
      if (!view?.actions.some(({ action, allowed }) => action === "promote" && allowed)) return false;
      const { rolloutId, revision } = view;
      const command = { command: "promote" as const, rolloutId, revision, reason: "for the test" };
      return (await request("rollout.command", { command })).outcome === "done";
    });
    await console.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
    await workspace.runSurface("voice", {}, ["case_processing_failed"]);
    const told = await waitUntil("the notification", async () =>
      (await shown()).findIndex(({ title }) => title.includes("T3")) >= 0 ? shown() : null,
    );
    const index = told.findIndex(({ title }) => title.includes("T3"));
    expect(told[index]?.title).toMatch(/^REHEARSAL: T3 /);
    await console.app.evaluate((_electron, at) => {
      const { keptNotifications } = globalThis as unknown as {
        keptNotifications: { emit(name: string): void }[];
      };
      keptNotifications[at]?.emit("click");
    }, index);
    const view = await latest();
    await console.page.waitForFunction(
      (hash) => window.location.hash === hash,
      `#/rollout/${view?.rolloutId}?trigger=T3`,
    );
    await waitUntil("the window is shown", () =>
      console.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible()),
    );
    expect(console.errorOutput()).toBe("");
  });

  it("is answered on loopback for the bearer alone, without a page", async () => {
    const server = await waitUntil(
      "the window's address",
      async () => (await readClaim(workspace.path))?.server,
    );
    const headers = { Authorization: `Bearer ${server.bearer}`, "Content-Type": "application/json" };
    expect((await fetch(`${server.url}/`, { headers })).status).toBe(404);
    expect((await fetch(`${server.url}/api/console.snapshot`, { method: "POST", body: "{}" })).status).toBe(
      401,
    );
    const link = await fetch(`${server.url}/api/link`, { method: "POST", headers, body: "{}" });
    expect(await link.json()).toMatchObject({ ok: false, error: { code: "unsupported" } });
    const snapshot = await fetch(`${server.url}/api/console.snapshot`, {
      method: "POST",
      headers,
      body: "{}",
    });
    expect(await snapshot.json()).toMatchObject({ ok: true });
  });
});

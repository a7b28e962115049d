import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { waitMs } from "../support/limits";
import { isProcessAlive } from "../../main/system/process-identity";
import { claimWorkspace, readClaim } from "../../main/host/workspace-claim";
import { createBridgeWorkspace, type BridgeWorkspace } from "../support/bridge-workspace";
import { electronBinary } from "../support/electron-binary";
import {
  consoleArguments,
  launchConsole,
  type ElectronConsole,
  type LaunchOptions,
} from "../support/electron-console";
import { createPageTransport } from "../support/page-transport";
import { waitUntil } from "../support/wait-until";

describe("life of the window", () => {
  let workspace: BridgeWorkspace;
  let profile: string;
  let open: ElectronConsole[] = [];

  beforeEach(async () => {
    workspace = await createBridgeWorkspace();
    profile = await mkdtemp(join(await realpath(tmpdir()), "gatehouse-profile-"));
  });
  afterEach(async () => {
    await Promise.all(open.map((console) => console.close()));
    open = [];
    await workspace.remove();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });
  const launch = async (options: Partial<LaunchOptions> = {}): Promise<ElectronConsole> => {
    const console = await launchConsole({ workspacePath: workspace.path, profile, ...options });
    open.push(console);
    return console;
  };
  const connected = (console: ElectronConsole): Promise<void> =>
    console.page.getByText("Connected", { exact: true }).first().waitFor();

  it("claims the workspace while it is open and lets it go", async () => {
    const console = await launch();
    await connected(console);
    expect(await readClaim(workspace.path)).toMatchObject({
      kind: "window",
      server: { url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) },
    });
    await console.close();
    open = [];
    expect(await readClaim(workspace.path)).toBeNull();
    expect(console.errorOutput()).toBe("");
  });

  it("remembers its place and size, and the colour of its page", async () => {
    const first = await launch();
    await connected(first);
    await first.page.evaluate(() => {
      const theme = document.head.querySelector("meta[name=theme-color]") ?? document.createElement("meta");
      theme.setAttribute("name", "theme-color");
      theme.setAttribute("content", "#123456");
      document.head.append(theme);
    });
    const colour = (console: ElectronConsole): Promise<string | undefined> =>
      console.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBackgroundColor());
    await waitUntil("the page's colour", async () => (await colour(first))?.toLowerCase() === "#123456");
    await first.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 30, width: 1_010, height: 720 }),
    );
    const bounds = (console: ElectronConsole) =>
      console.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
    await expect.poll(() => bounds(first)).toMatchObject({ width: 1_010, height: 720 });
    await first.close();
    open = [];
    const second = await launch();
    await expect.poll(() => bounds(second)).toMatchObject({ width: 1_010, height: 720 });
  });

  it("is one per workspace: a second start brings the first to the front", async () => {
    const console = await launch();
    await connected(console);
    await console.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
    const second = await execa(
      await electronBinary(),
      await consoleArguments(profile, ["--workspace", workspace.path]),
      { reject: false, timeout: waitMs },
    );
    expect(second.exitCode).toBe(0);
    await waitUntil("the first window is back", () =>
      console.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized() === false),
    );
    await connected(console);
  });

  it("says in the window who has the workspace, and runs nothing over it", async () => {
    const claim = await claimWorkspace(workspace.path, "server");
    const console = await launch();
    await console.page
      .getByText(new RegExp(`already open in the server of process ${process.pid}`))
      .first()
      .waitFor();
    expect(await readClaim(workspace.path)).toMatchObject({ pid: process.pid });
    await claim.release();
  });

  it("says in the window that the workspace is not there", async () => {
    const console = await launch({ workspacePath: join(workspace.path, "gone") });
    await console.page
      .getByText(/cannot be opened: expected an existing folder/)
      .first()
      .waitFor();
    expect(console.errorOutput()).toContain("gone");
  });

  it("says on the command line that no workspace was given", async () => {
    const { exitCode, stderr } = await execa(await electronBinary(), await consoleArguments(profile, []), {
      reject: false,
      timeout: waitMs,
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("--workspace DIR");
  });

  it("ends what the surfaces run when it is quit", async () => {
    await writeFile(
      join(workspace.path, ".gatehouse/settings.json"),
      JSON.stringify({
        schemaVersion: 1,
        surfaces: {
          memory: {
            driver: "command",
            program: process.execPath,
            args: ["-e", 'console.log("pid " + process.pid); setInterval(() => {}, 1000)'],
            timeoutMs: 3_600_000,
          },
        },
      }),
    );
    const console = await launch();
    await connected(console);
    const transport = createPageTransport(console.page);
    const pid = await waitUntil("the program runs", async () => {
      const answer = await transport.invoke("console.snapshot", {});
      const runId = JSON.stringify(answer).match(/"runId":"(memory-[^"]+)"/)?.[1];
      if (runId === undefined) return null;
      const output = await transport.invoke("driver.output", { surface: "memory", runId });
      return Number(JSON.stringify(output).match(/pid (\d+)/)?.[1]) || null;
    });
    expect(isProcessAlive(pid)).toBe(true);
    await console.close();
    open = [];
    await waitUntil("the program has ended", () => !isProcessAlive(pid));
    expect(await readClaim(workspace.path)).toBeNull();
  });

  /** Answers the program's questions with the button of this number, and notes what was asked. */
  const answerQuestions = (console: ElectronConsole, button: number): Promise<void> =>
    console.app.evaluate(({ dialog }, response) => {
      const asked: string[] = [];
      Object.assign(globalThis, { asked });
      dialog.showMessageBox = ((_window: unknown, { message }: { message: string }) => {
        asked.push(message);
        return Promise.resolve({ response, checkboxChecked: false });
      }) as typeof dialog.showMessageBox;
    }, button);
  const asked = (console: ElectronConsole): Promise<string[]> =>
    console.app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);

  it("offers to reload a page that does not answer, and asks once", async () => {
    const console = await launch();
    await connected(console);
    await answerQuestions(console, 1);
    const reloaded = console.app.evaluate(
      ({ BrowserWindow }) =>
        new Promise<string>((done) => {
          const [window] = BrowserWindow.getAllWindows();
          window?.webContents.once("did-finish-load", () => done(window.webContents.getURL()));
          // What Electron says of a page that is stuck; to be stuck would take half a minute.
          window?.emit("unresponsive");
        }),
    );
    expect(await reloaded).toBe("gatehouse://console/");
    expect(await asked(console)).toEqual(["The console's page does not answer."]);
  });

  it("offers to reload when the page crashes, and goes on watching", async () => {
    const console = await launch();
    await connected(console);
    await answerQuestions(console, 0);
    const reloaded = console.app.evaluate(
      ({ BrowserWindow }) =>
        new Promise<string>((done) => {
          const contents = BrowserWindow.getAllWindows()[0]?.webContents;
          contents?.once("did-finish-load", () => done(contents.getURL()));
          contents?.forcefullyCrashRenderer();
        }),
    );
    expect(await reloaded).toBe("gatehouse://console/");
    expect(await asked(console)).toEqual(["The console's page has stopped."]);
    await workspace.appendCycles("voice", 2);
    const lines = (): Promise<unknown> =>
      console.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
          `window.gatehouse.invoke("console.snapshot", {}).then((a) => a.value.surfaces[0].reading.log.lines)`,
        ),
      );
    await expect.poll(lines).toBe(2);
  });
});

import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createBridgeWorkspace, type BridgeWorkspace } from "../support/bridge-workspace";
import { ensureBuilt } from "../support/build";
import { startCountingServer, type CountingServer } from "../support/counting-server";
import { launchConsole, type ElectronConsole } from "../support/electron-console";

const consoleUrl = "gatehouse://console/";

/** Nothing moves the window, opens another or speaks in its name. Numbers are those of Electron's security checklist. */
describe("security of the window: navigation", () => {
  let workspace: BridgeWorkspace;
  let stranger: CountingServer;
  let console: ElectronConsole;

  beforeAll(async () => {
    workspace = await createBridgeWorkspace();
    stranger = await startCountingServer({
      "/page": `<a id="away" href="/away">away</a><iframe src="/frame"></iframe>`,
    });
    console = await launchConsole({ workspacePath: workspace.path });
    await console.page.getByText("Connected", { exact: true }).first().waitFor();
    // What would have been opened outside, had anything been.
    await console.app.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { opened });
      shell.openExternal = (url) => {
        opened.push(url);
        return Promise.resolve();
      };
    });
  });
  afterAll(async () => {
    await console?.close();
    await stranger?.close();
    await workspace?.remove();
  });

  const contents = (): Promise<string[]> =>
    console.app.evaluate(({ webContents }) => webContents.getAllWebContents().map((each) => each.getURL()));
  const openedOutside = (): Promise<string[]> =>
    console.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
  /** Two turns through the page and the main process: time enough for a navigation to have begun. */
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 2; turn += 1) {
      await console.page.evaluate(() => new Promise((done) => setTimeout(done, 100)));
      await contents();
    }
  };

  it.each([
    ["a server", () => stranger.origin],
    ["a secure page", () => "https://example.com/"],
    ["a file", () => "file:///etc/hosts"],
    ["text as a page", () => "data:text/html,<p>x</p>"],
    ["another host of the scheme", () => "gatehouse://other/"],
    ["a program of the machine", () => "mailto:someone@example.com"],
  ])("13: stays when the page asks for %s", async (_case, url) => {
    for (const how of ["assign", "link", "form", "blank"] as const)
      await console.page.evaluate(
        ([target, way]) => {
          if (way === "assign") location.assign(target);
          else if (way === "form") {
            const form = document.createElement("form");
            form.action = target;
            document.body.append(form);
            form.submit();
          } else {
            const link = document.createElement("a");
            link.href = target;
            if (way === "blank") link.target = "_blank";
            document.body.append(link);
            link.click();
          }
        },
        [url(), how] as const,
      );
    await settle();
    expect(await contents()).toEqual([consoleUrl]);
    expect(console.page.url()).toBe(consoleUrl);
    expect(stranger.asked).toEqual([]);
    expect(await openedOutside()).toEqual([]);
  });

  it("13: stays when a page element asks to move on", async () => {
    await console.page.evaluate((origin) => {
      const meta = document.createElement("meta");
      meta.httpEquiv = "refresh";
      meta.content = `0;url=${origin}/refresh`;
      document.head.append(meta);
    }, stranger.origin);
    await settle();
    expect(console.page.url()).toBe(consoleUrl);
    expect(stranger.asked).toEqual([]);
  });

  it("14: opens no window", async () => {
    const opened = await console.page.evaluate(
      (origin) =>
        [`${origin}/window`, "about:blank", "gatehouse://console/", "https://example.com/"].map(
          (url) => window.open(url) === null,
        ),
      stranger.origin,
    );
    await settle();
    expect(opened).toEqual([true, true, true, true]);
    expect(await contents()).toEqual([consoleUrl]);
    expect(stranger.asked).toEqual([]);
    expect(await openedOutside()).toEqual([]);
  });

  it("11, 12: has no webview", async () => {
    await console.page.evaluate((origin) => {
      const view = document.createElement("webview");
      view.setAttribute("src", `${origin}/webview`);
      document.body.append(view);
    }, stranger.origin);
    await settle();
    expect(await contents()).toEqual([consoleUrl]);
    expect(stranger.asked).toEqual([]);
  });

  it("12, 13, 14: guards every window that anything in the program might open", async () => {
    // Without our policy and with everything allowed: only the guards stand between this page and the world.
    const outcome = await console.app.evaluate(async ({ BrowserWindow, webContents }, origin) => {
      const window = new BrowserWindow({
        show: false,
        webPreferences: { webviewTag: true, sandbox: true, contextIsolation: true },
      });
      await window.loadURL(`${origin}/page`);
      const before = webContents.getAllWebContents().length;
      await window.webContents.executeJavaScript(
        `document.getElementById("away").click();
         document.body.insertAdjacentHTML("beforeend", '<webview src="${origin}/webview"></webview>');
         window.open("${origin}/window");
         location.href = "${origin}/assigned";
         new Promise((done) => setTimeout(done, 500))`,
        true,
      );
      const url = window.webContents.getURL();
      const redirected = await window.loadURL(`${origin}/redirect`).then(
        () => "followed",
        () => "prevented",
      );
      const after = webContents.getAllWebContents().length;
      window.destroy();
      return { url, redirected, added: after - before };
    }, stranger.origin);
    expect(outcome).toEqual({ url: `${stranger.origin}/page`, redirected: "prevented", added: 0 });
    expect(stranger.asked.filter((path) => path !== "/favicon.ico")).toEqual(["/page", "/redirect"]);
  });

  it("15: opens nothing outside, since no host is listed", async () => {
    expect(await openedOutside()).toEqual([]);
  });

  it("17: gives a frame inside the page no way to the host", async () => {
    const kinds = await console.page.evaluate(async () => {
      const frame = document.createElement("iframe");
      document.body.append(frame);
      const inside = frame.contentWindow as unknown as Record<string, unknown>;
      const found = [typeof inside["gatehouse"], typeof inside["require"], typeof inside["process"]];
      frame.remove();
      return found;
    });
    expect(kinds).toEqual(["undefined", "undefined", "undefined"]);
  });

  it("17: refuses to answer a window that the program did not open as its own", async () => {
    const answer = await console.app.evaluate(
      async ({ BrowserWindow }, preload) => {
        const window = new BrowserWindow({
          show: false,
          webPreferences: { preload },
        });
        await window.loadURL("gatehouse://console/");
        const answered: unknown = await window.webContents.executeJavaScript(
          `window.gatehouse.invoke("console.snapshot", {})`,
        );
        const messages: unknown = await window.webContents.executeJavaScript(
          `new Promise((done) => { let count = 0; window.gatehouse.subscribe(1, () => count += 1);
           setTimeout(() => done(count), 500); })`,
        );
        window.destroy();
        return { answered, messages };
      },
      join(await ensureBuilt(), "preload", "index.cjs"),
    );
    expect(answer).toMatchObject({ answered: { ok: false }, messages: 0 });
  });
});

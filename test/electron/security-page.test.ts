import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { WindowApi } from "#contract/window-api";
import { contentSecurityPolicy } from "../../main/host/content-security-policy";
import { createBridgeWorkspace, type BridgeWorkspace } from "../support/bridge-workspace";
import { startCountingServer, type CountingServer } from "../support/counting-server";
import { launchConsole, type ElectronConsole } from "../support/electron-console";
import { countViolations, readViolations } from "../support/violations";
import { waitUntil } from "../support/wait-until";

type TestWindow = Window & { gatehouse: WindowApi };

/** What the page itself can and cannot do. Numbers are those of Electron's security checklist (docs/tutorial/security). */
describe("security of the window: the page", () => {
  let workspace: BridgeWorkspace;
  let stranger: CountingServer;
  let console: ElectronConsole;
  const requested: string[] = [];

  beforeAll(async () => {
    workspace = await createBridgeWorkspace();
    stranger = await startCountingServer({});
    console = await launchConsole({ workspacePath: workspace.path });
    await countViolations(console.page);
    console.page.on("request", (request) => requested.push(request.url()));
  });
  afterAll(async () => {
    await console?.close();
    await stranger?.close();
    await workspace?.remove();
  });
  // A fresh page each time: what one test provokes must not show in the next.
  beforeEach(async () => {
    await console.page.goto("gatehouse://console/");
    await console.page.getByText("Connected", { exact: true }).first().waitFor();
  });

  it("1, 8: loads its own scheme only", async () => {
    expect(requested.filter((url) => !url.startsWith("gatehouse://console/"))).toEqual([]);
    expect(requested.length).toBeGreaterThan(2);
    expect(await console.page.evaluate(() => window.isSecureContext)).toBe(true);
  });

  it("1, 8: reaches no server", async () => {
    const outcomes = await console.page.evaluate(async (origin) => {
      const element = (tag: "img" | "script" | "link", attribute: "src" | "href"): Promise<string> =>
        new Promise((done) => {
          const added = document.createElement(tag);
          added.addEventListener("load", () => done("loaded"));
          added.addEventListener("error", () => done("blocked"));
          if (tag === "link") added.setAttribute("rel", "stylesheet");
          added.setAttribute(attribute, `${origin}/${tag}`);
          document.head.append(added);
        });
      const socket = new Promise<string>((done) => {
        try {
          const opened = new WebSocket(`${origin.replace("http", "ws")}/socket`);
          opened.addEventListener("open", () => done("loaded"));
          opened.addEventListener("error", () => done("blocked"));
        } catch {
          done("blocked");
        }
      });
      return Promise.all([
        fetch(`${origin}/fetch`).then(
          () => "loaded",
          () => "blocked",
        ),
        element("img", "src"),
        element("script", "src"),
        element("link", "href"),
        socket,
      ]);
    }, stranger.origin);
    expect(outcomes).toEqual(["blocked", "blocked", "blocked", "blocked", "blocked"]);
    expect(stranger.asked).toEqual([]);
  });

  it("2, 3, 4, 6, 9, 10, 11: runs with the strict preferences", async () => {
    const preferences = await console.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => {
        // Not in Electron's types, but in its checklist's own examples.
        const contents = window.webContents as unknown as {
          getLastWebPreferences(): Record<string, unknown>;
        };
        return contents.getLastWebPreferences();
      }),
    );
    expect(preferences).toEqual([
      expect.objectContaining({
        nodeIntegration: false,
        nodeIntegrationInSubFrames: false,
        contextIsolation: true,
        sandbox: true,
        webSecurity: true,
        allowRunningInsecureContent: false,
        experimentalFeatures: false,
        enableBlinkFeatures: "",
        webviewTag: false,
      }),
    ]);
  });

  it("2, 3: has nothing of Node or Electron", async () => {
    const kinds = await console.page.evaluate(() =>
      [
        "require",
        "process",
        "module",
        "exports",
        "Buffer",
        "global",
        "__dirname",
        "setImmediate",
        "electron",
      ].map((name) => typeof (window as unknown as Record<string, unknown>)[name]),
    );
    expect(new Set(kinds)).toEqual(new Set(["undefined"]));
  });

  it("3: cannot reach the preload script's world by changing built-in objects", async () => {
    const leaked = await console.page.evaluate(async () => {
      const caught: string[] = [];
      const { get } = Map.prototype;
      // oxlint-disable-next-line no-extend-native -- an attack on a page without isolation
      Map.prototype.get = function (this: Map<unknown, unknown>, key: unknown) {
        caught.push(String(key));
        return get.call(this, key);
      };
      const stop = (window as unknown as TestWindow).gatehouse.subscribe(1, () => undefined);
      await (window as unknown as TestWindow).gatehouse.invoke("console.snapshot", {});
      stop();
      // oxlint-disable-next-line no-extend-native -- the attack's end
      Map.prototype.get = get;
      return caught;
    });
    expect(leaked).toEqual([]);
  });

  it("5: is granted no permission", async () => {
    const outcomes = await console.page.evaluate(async () => {
      const state = (name: string): Promise<string> =>
        navigator.permissions.query({ name: name as PermissionName }).then((status) => status.state);
      const refused = (attempt: Promise<unknown>): Promise<string> =>
        attempt.then(
          () => "granted",
          () => "refused",
        );
      return Promise.all([
        ...["geolocation", "notifications", "camera", "microphone", "midi", "clipboard-read"].map(state),
        Notification.requestPermission(),
        refused(navigator.mediaDevices.getUserMedia({ audio: true, video: true })),
        refused(navigator.mediaDevices.getDisplayMedia()),
        refused(new Promise((done, fail) => navigator.geolocation.getCurrentPosition(done, fail))),
        refused(navigator.clipboard.readText()),
        refused(document.documentElement.requestPointerLock() as unknown as Promise<void>),
        refused(navigator.requestMIDIAccess()),
      ]);
    });
    expect(new Set(outcomes)).toEqual(new Set(["denied", "refused"]));
  });

  it("7: carries the content security policy on every answer", async () => {
    const headers = await console.page.evaluate(() =>
      Promise.all(
        ["/", "/apply-theme.js", "/missing.js"].map((path) =>
          fetch(path).then((response) => [
            response.status,
            response.headers.get("content-security-policy"),
            response.headers.get("x-content-type-options"),
          ]),
        ),
      ),
    );
    expect(headers).toEqual([
      [200, contentSecurityPolicy, "nosniff"],
      [200, contentSecurityPolicy, "nosniff"],
      [404, contentSecurityPolicy, "nosniff"],
    ]);
  });

  it("7: violates it nowhere on a walk through its views", async () => {
    for (const view of ["Voice", "Browser automation", "Dashboard", "Custom command", "Memory"]) {
      await console.page
        .getByRole("link", { name: new RegExp(view) })
        .first()
        .click();
      await console.page.getByRole("heading", { name: view }).first().waitFor();
    }
    expect(await readViolations(console.page)).toEqual([]);
  });

  it("7: runs no injected script, no evaluated text, no inline style, and counts each", async () => {
    const ran = await console.page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "window.injected = 1";
      document.body.append(script);
      const holder = document.createElement("div");
      holder.innerHTML = '<img src="x:" onerror="window.injected = 2"><p style="color: red">styled</p>';
      document.body.append(holder);
      return "injected" in window;
    });
    expect(ran).toBe(false);
    // Not with page.evaluate: the debugger may evaluate where the page may not.
    const directives = await waitUntil("violations", async () => {
      const found = (await readViolations(console.page)).map((violation) => violation.split(" ")[0]);
      return ["script-src-elem", "script-src-attr", "style-src-attr"].every((each) => found.includes(each))
        ? found
        : null;
    });
    expect(directives.length).toBeGreaterThanOrEqual(3);
    expect(await console.page.evaluate(() => "injected" in window)).toBe(false);
  });

  it("18: serves no file outside the built page, and to no other name", async () => {
    const outcomes = await console.page.evaluate(() =>
      Promise.all(
        [
          "/../package.json",
          "/%2e%2e/%2e%2e/package.json",
          "/..%2fmain%2findex.js",
          "/assets/..%2f..%2fmain/index.js",
          "/..%5cmain%5cindex.js",
          "/%00.html",
          "//etc/hosts.html",
          "gatehouse://other/index.html",
          "file:///etc/hosts",
        ].map((url) =>
          fetch(url).then(
            (response) => response.status,
            () => "blocked",
          ),
        ),
      ),
    );
    expect(outcomes).toEqual([404, 404, 404, 404, 404, 404, "blocked", "blocked", "blocked"]);
    const fromMain = await console.app.evaluate(async ({ net }) => {
      const urls = ["gatehouse://other/index.html", "gatehouse://console/../../package.json"];
      return Promise.all(urls.map(async (url) => (await net.fetch(url)).status));
    });
    expect(fromMain).toEqual([404, 404]);
  });

  it("20: is given two functions and what the program is, all frozen", async () => {
    const found = await console.page.evaluate(() => {
      const { gatehouse } = window as unknown as TestWindow;
      const replaced = Reflect.set(gatehouse, "invoke", () => "mine") || Reflect.set(window, "gatehouse", {});
      return {
        keys: Object.keys(gatehouse).sort(),
        kinds: [typeof gatehouse.invoke, typeof gatehouse.subscribe],
        host: gatehouse.host,
        frozen: Object.isFrozen(gatehouse) && Object.isFrozen(gatehouse.host),
        replaced,
      };
    });
    const versions = await console.app.evaluate(() => process.versions);
    expect(found).toEqual({
      keys: ["host", "invoke", "subscribe"],
      kinds: ["function", "function"],
      host: {
        kind: "electron",
        platform: process.platform,
        electron: versions["electron"],
        chrome: versions["chrome"],
      },
      frozen: true,
      replaced: false,
    });
  });

  it("20: hands listeners the message alone", async () => {
    const received = await console.page.evaluate(
      () =>
        new Promise<{ count: number; keys: string[] }>((done) => {
          const stop = (window as unknown as TestWindow).gatehouse.subscribe(1, (...values: unknown[]) => {
            stop();
            done({ count: values.length, keys: Object.keys(values[0] as object).sort() });
          });
        }),
    );
    expect(received).toEqual({ count: 1, keys: ["name", "payload", "sequence"] });
  });

  it("20: gets an answer, not a crash, for what cannot cross", async () => {
    const answers = await console.page.evaluate(async () => {
      const { invoke } = (window as unknown as TestWindow).gatehouse;
      return Promise.all([
        invoke("console.snapshot", () => "a function"),
        invoke("console.snapshot", Symbol("none")),
        invoke("gatehouse:invoke", {}),
        invoke({} as string, {}),
      ]);
    });
    expect(answers.map((answer) => (answer.ok ? "ok" : answer.error.code))).toEqual([
      "invalid_request",
      "invalid_request",
      "unknown_request",
      "unknown_request",
    ]);
  });
});

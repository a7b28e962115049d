import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../../../resources/setup/project.mjs";

interface Source {
  readonly path: string;
  readonly text: string;
}

async function sources(folder: string): Promise<Source[]> {
  const entries = await readdir(join(projectRoot, folder), { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile() && /\.(tsx?|html|js|css)$/.test(entry.name))
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        return { path: path.slice(projectRoot.length + 1), text: await readFile(path, "utf8") };
      }),
  );
}

const shell = async (): Promise<Source[]> => [
  ...(await sources("main/electron")),
  ...(await sources("preload")),
  { path: "main/index.ts", text: await readFile(join(projectRoot, "main/index.ts"), "utf8") },
];
const page = (): Promise<Source[]> => sources("renderer");

function having(found: readonly Source[], pattern: RegExp): string[] {
  return found.filter(({ text }) => pattern.test(text)).map(({ path }) => path);
}

describe("sources of the window", () => {
  it.each([
    ["turn web security off", /webSecurity/],
    ["allow insecure content", /allowRunningInsecureContent/],
    ["turn on experimental features", /experimentalFeatures/],
    ["turn on Blink features", /enableBlinkFeatures/],
    ["integrate Node", /nodeIntegration\w*:\s*true/],
    ["give up isolation", /contextIsolation:\s*false/],
    ["leave the sandbox", /sandbox:\s*false/],
    ["allow webviews", /webviewTag:\s*true/],
    ["load files or remote pages", /loadFile|loadURL\((?!consoleUrl\)|consolePlace\(place\)\))/],
    ["run text as code in the page", /executeJavaScript|insertCSS/],
    ["bypass the content security policy", /bypassCSP/],
    ["accept bad certificates", /certificate-error|setCertificateVerifyProc|ignore-certificate/],
    ["add switches to Chromium", /appendSwitch/],
    ["open links except through the guard's check", /openExternal\((?!link\))/],
    ["use the remote module", /@electron\/remote|enableRemoteModule/],
    ["use synchronous messages", /sendSync/],
  ])("never %s", async (_case, pattern) => {
    expect(having(await shell(), pattern)).toEqual([]);
  });

  it.each([["contextIsolation: true"], ["sandbox: true"], ["nodeIntegration: false"], ["webviewTag: false"]])(
    "say %s in the one place that opens windows",
    async (setting) => {
      const opening = having(await shell(), /new BrowserWindow/);
      expect(opening).toEqual(["main/electron/console-window.ts"]);
      const text = await readFile(join(projectRoot, String(opening[0])), "utf8");
      expect(text).toContain(setting);
    },
  );

  it("never reach ipcMain or ipcRenderer outside their one place", async () => {
    expect(having(await shell(), /\bipcMain\b(?!Event|InvokeEvent)/)).toEqual([]);
    expect(having(await shell(), /\bipcRenderer\b/)).toEqual(["preload/index.ts"]);
    expect(having(await page(), /\bipcRenderer\b|from "electron"/)).toEqual([]);
  });

  it("never make the page evaluate text, inject markup or load over plain http", async () => {
    expect(
      having(await page(), /\beval\(|new Function\(|dangerouslySetInnerHTML|innerHTML|document\.write/),
    ).toEqual([]);
    expect(having(await page(), /["'(]http:\/\/(?!www\.w3\.org)/)).toEqual([]);
  });
});

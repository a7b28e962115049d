import { mkdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildIfChanged, isBuilt, sourceHash } from "../../../resources/setup/build.mjs";
import { projectFile } from "../../../resources/setup/project.mjs";
import { temporaryFolder } from "../../support/temporary-folder";

/** The smallest project that the real build builds. */
async function project(): Promise<string> {
  const root = await temporaryFolder();
  const files = {
    "main/index.ts": "console.log(1);",
    "main/cli.ts": "console.log(2);",
    "main/workspace/demo.ts": "export const demo = 5;",
    "preload/index.ts": "console.log(3);",
    "renderer/index.html": '<script type="module" src="./src/main.ts"></script>',
    "renderer/src/main.ts": "document.title = '4';",
    "tsconfig.base.json": "{}",
    "package.json": '{ "type": "module" }',
    "package-lock.json": "{}",
    "electron.vite.config.ts": `
      const out = process.env["GATEHOUSE_BUILD_DIR"] ?? "out";
      const part = (name, input, output) =>
        ({ build: { outDir: out + "/" + name, rolldownOptions: { input, ...(output && { output }) } } });
      export default {
        main: part("main", { index: "main/index.ts", cli: "main/cli.ts", demo: "main/workspace/demo.ts" }),
        preload: part("preload", { index: "preload/index.ts" }, { format: "cjs", entryFileNames: "[name].cjs" }),
        renderer: { root: "renderer", ...part("renderer", "renderer/index.html") },
      };`,
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(root, name, ".."), { recursive: true });
    await writeFile(join(root, name), text);
  }
  await symlink(projectFile("node_modules"), join(root, "node_modules"), "dir");
  return root;
}

const output = (root: string): Promise<string> => readFile(join(root, "out", "main", "index.js"), "utf8");

describe("the source hash", () => {
  it("changes with a file's content, name and place, and with nothing else", async () => {
    const root = await project();
    const first = await sourceHash(root);
    await mkdir(join(root, "test"));
    await writeFile(join(root, "test", "x.ts"), "");
    expect(await sourceHash(root)).toBe(first);
    await writeFile(join(root, "main", "x.ts"), "a");
    const second = await sourceHash(root);
    expect(second).not.toBe(first);
    await rm(join(root, "main", "x.ts"));
    await writeFile(join(root, "preload", "x.ts"), "a");
    expect(await sourceHash(root)).not.toBe(second);
    await rm(join(root, "preload", "x.ts"));
    expect(await sourceHash(root)).toBe(first);
  });
});

describe("buildIfChanged", () => {
  it("builds once for those who ask together, and again only when a source changed or a result is gone", async () => {
    const root = await project();
    const together = await Promise.all([buildIfChanged(root), buildIfChanged(root)]);
    expect(together.filter(({ built }) => built)).toHaveLength(1);
    expect((await buildIfChanged(root)).built).toBe(false);
    await writeFile(join(root, "main", "index.ts"), "console.log('new');");
    expect((await buildIfChanged(root)).built).toBe(true);
    expect(await output(root)).toContain("new");
    await rm(join(root, "out", "preload", "index.cjs"));
    expect((await buildIfChanged(root)).built).toBe(true);
  });

  it("keeps the last good build when a build fails, and says the compiler's words", async () => {
    const root = await project();
    const { hash } = await buildIfChanged(root);
    await writeFile(join(root, "main", "index.ts"), "import './no-such-module';");
    await expect(buildIfChanged(root)).rejects.toMatchObject({
      step: "build",
      detail: expect.stringMatching(/no-such-module/),
    });
    expect(await output(root)).toContain("1");
    expect(await isBuilt(root, hash)).toBe(true);
    await expect(stat(join(root, ".out-next"))).rejects.toThrow(/ENOENT/);
  });
});

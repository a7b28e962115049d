/** A file that shows one wall from one side. */
export interface Sample {
  readonly wall: string;
  readonly file: string;
  readonly code: string;
  /** The rule that must speak, as the linter names it; null when the sample is clean. */
  readonly rule: string | null;
}

const broken = (wall: string, file: string, rule: string, code: string): Sample => ({
  wall,
  file,
  rule,
  code,
});
const clean = (wall: string, file: string, code: string): Sample => ({ wall, file, rule: null, code });

const layers = "layers(imports)";
const ambient = "deterministic(no-ambient-input)";
const restricted = "eslint(no-restricted-imports)";

/** Every wall of `.oxlintrc.json`, broken once in each way, and what stays allowed beside it. */
export const samples: readonly Sample[] = [
  broken(
    "a contract that imports a decision",
    "preload/contract/a.ts",
    layers,
    `export { x } from "#domain/x";`,
  ),
  broken("a contract that imports Node", "preload/contract/b.ts", layers, `import "node:fs";`),
  broken(
    "a contract that climbs out by path",
    "preload/contract/c.ts",
    layers,
    `import "../../main/host/x";`,
  ),
  clean(
    "a contract of zod and itself",
    "preload/contract/d.ts",
    `import "zod";\nimport "./names";\nimport "#contract/names";`,
  ),
  broken("a decision that imports Node", "main/domain/a.ts", layers, `import "node:path";`),
  broken(
    "a decision that imports an edge by path",
    "main/domain/deep/b.ts",
    layers,
    `import "../../host/x";`,
  ),
  broken(
    "a decision that imports an edge lazily",
    "main/domain/c.ts",
    layers,
    `export const x = () => import("../host/x");`,
  ),
  broken(
    "a decision that names an edge's type",
    "main/domain/d.ts",
    layers,
    `export type X = import("../host/x").X;`,
  ),
  broken("a decision that starts a process", "main/domain/e.ts", layers, `import "execa";`),
  clean(
    "a decision of zod, contract and decisions",
    "main/domain/deep/f.ts",
    `import "zod";\nimport "#contract/names";\nimport "#domain/clock";\nimport "../clock";`,
  ),
  broken(
    "a decision that reads the time",
    "main/domain/g.ts",
    ambient,
    `export const now = () => Date.now();`,
  ),
  broken(
    "a decision that makes today's date",
    "main/domain/h.ts",
    ambient,
    `export const today = () => new Date();`,
  ),
  broken(
    "a decision that reads globalThis.Date",
    "main/domain/i.ts",
    ambient,
    `export const now = () => globalThis.Date.now();`,
  ),
  broken(
    "a decision that throws dice",
    "main/domain/j.ts",
    ambient,
    `export const dice = () => Math.random();`,
  ),
  broken(
    "a decision that invents identifiers",
    "main/domain/k.ts",
    ambient,
    `export const id = () => crypto.randomUUID();`,
  ),
  broken(
    "a decision about a rollout that imports Node",
    "main/domain/rollout/a.ts",
    layers,
    `import "node:fs/promises";`,
  ),
  broken(
    "a decision about a rollout that imports Electron",
    "main/domain/rollout/b.ts",
    layers,
    `import "electron";`,
  ),
  broken(
    "a decision about a rollout that imports what journals it",
    "main/domain/rollout/rules/c.ts",
    layers,
    `import "../../../rollout/journal/rollout-store";`,
  ),
  broken(
    "a decision about a rollout that reads the time",
    "main/domain/rollout/d.ts",
    ambient,
    `export const now = () => performance.now();`,
  ),
  broken("a rollout's edge that imports electron", "main/rollout/journal/a.ts", layers, `import "electron";`),
  broken(
    "a rollout's edge that imports the window part",
    "main/rollout/desk/b.ts",
    layers,
    `import "../../electron/window";`,
  ),
  clean(
    "a decision that formats a given time",
    "main/domain/l.ts",
    `export const text = (ms: number) => new Date(ms).toISOString();`,
  ),
  broken("an edge that imports electron", "main/host/a.ts", layers, `import "electron";`),
  broken("an edge that imports the window part", "main/host/b.ts", layers, `import "../electron/window";`),
  broken(
    "an edge that imports the interface",
    "main/server/c.ts",
    layers,
    `import "../../renderer/src/App";`,
  ),
  broken("an edge that imports React", "main/server/d.ts", layers, `import "react";`),
  broken(
    "an edge that starts processes itself",
    "main/drivers/e.ts",
    restricted,
    `import "node:child_process";`,
  ),
  clean(
    "an edge of Node and decisions",
    "main/host/f.ts",
    `import "node:fs";\nimport "execa";\nimport "#domain/clock";`,
  ),
  broken(
    "a second door for messages",
    "main/electron/a.ts",
    restricted,
    `import { ipcMain } from "electron";\nipcMain.removeAllListeners();`,
  ),
  broken(
    "ipcRenderer in the main process",
    "main/electron/ipc.ts",
    restricted,
    `import { ipcRenderer } from "electron";\nipcRenderer.removeAllListeners();`,
  ),
  broken(
    "ipcMain in the preload script",
    "preload/a.ts",
    restricted,
    `import { ipcMain } from "electron";\nipcMain.removeAllListeners();`,
  ),
  broken("a preload script that imports main", "preload/b.ts", layers, `import "../main/host/x";`),
  broken("a preload script that imports Node", "preload/c.ts", layers, `import "node:fs";`),
  broken("an interface that imports Node", "renderer/src/a.tsx", layers, `import "node:fs";`),
  broken("an interface that imports decisions", "renderer/src/b.tsx", layers, `import "#domain/clock";`),
  broken(
    "an interface that imports main by path",
    "renderer/src/c.tsx",
    layers,
    `import "../../main/host/x";`,
  ),
  broken("an interface that imports electron", "renderer/src/d.tsx", layers, `import "electron";`),
  clean(
    "an interface of contract and React",
    "renderer/src/e.tsx",
    `import "#contract/names";\nimport "react";\nimport "./f";`,
  ),
  broken("a test that starts processes itself", "test/unit/a.test.ts", restricted, `import "child_process";`),
  broken(
    "a script that goes around the process module",
    "resources/a.mjs",
    restricted,
    `import "node:child_process";`,
  ),
  broken("a default export", "main/host/g.ts", "import(no-default-export)", `export default 1;`),
  broken(
    "a cycle",
    "main/host/h.ts",
    "import(no-cycle)",
    `import { i } from "./i";\nexport const h = (): unknown => i;`,
  ),
  broken(
    "a forgotten promise",
    "main/host/j.ts",
    "typescript(no-floating-promises)",
    `const work = async (): Promise<void> => {};\nexport const j = (): void => { work(); };`,
  ),
  broken(
    "a forgotten case",
    "main/host/k.ts",
    "typescript(switch-exhaustiveness-check)",
    `export function k(x: "a" | "b"): void { switch (x) { case "a": break; } }`,
  ),
  broken(
    "any",
    "main/host/l.ts",
    "typescript(no-explicit-any)",
    `export const l = (x: any): void => { void x; };`,
  ),
  broken(
    "a type imported as a value",
    "main/host/m.ts",
    "typescript(consistent-type-imports)",
    `import { Stats } from "node:fs";\nexport type M = Stats;`,
  ),
  broken("a console call in an edge", "main/host/n.ts", "eslint(no-console)", `console.log("n");`),
  broken(
    "a hook under a condition",
    "renderer/src/hook.tsx",
    "react-hooks(rules-of-hooks)",
    `import { useState } from "react";\nexport function useIt(on: boolean) { if (on) useState(0); }`,
  ),
  broken(
    "a picture without a text",
    "renderer/src/image.tsx",
    "jsx-a11y(alt-text)",
    `export const Image = () => <img src="a.png" />;`,
  ),
  broken(
    "a test that runs alone",
    "test/unit/b.test.ts",
    "vitest(no-focused-tests)",
    `import { it, expect } from "vitest";\nit.only("b", () => { expect(1).toBe(1); });`,
  ),
  broken(
    "a test that does not run",
    "test/unit/c.test.ts",
    "vitest(no-disabled-tests)",
    `import { it, expect } from "vitest";\nit.skip("c", () => { expect(1).toBe(1); });`,
  ),
];

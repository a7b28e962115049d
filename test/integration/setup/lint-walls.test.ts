import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectFile } from "../../../resources/setup/project.mjs";
import { samples } from "./lint-samples";

interface Diagnostic {
  readonly filename: string;
  readonly code: string;
}

let folder = "";
let diagnostics: readonly Diagnostic[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gatehouse-lint-"));
  await cp(projectFile(".oxlintrc.json"), join(folder, ".oxlintrc.json"));
  await cp(projectFile("resources", "lint"), join(folder, "resources", "lint"), { recursive: true });
  await symlink(projectFile("node_modules"), join(folder, "node_modules"), "dir");
  const compilerOptions = {
    strict: true,
    jsx: "react-jsx",
    module: "ESNext",
    moduleResolution: "bundler",
    noEmit: true,
  };
  const other = {
    wall: "",
    file: "main/host/i.ts",
    rule: null,
    code: `import { h } from "./h";\nexport const i = (): unknown => h;`,
  };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  for (const sample of [...samples, other]) {
    await mkdir(dirname(join(folder, sample.file)), { recursive: true });
    await writeFile(join(folder, sample.file), `${sample.code}\n`);
  }
  const oxlint = projectFile("node_modules", "oxlint", "bin", "oxlint");
  const run = await execa(process.execPath, [oxlint, "--type-aware", "--format", "json"], {
    cwd: folder,
    reject: false,
  });
  diagnostics = (JSON.parse(run.stdout) as { diagnostics: Diagnostic[] }).diagnostics;
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the linter refuses", () => {
  it.each(samples.filter((sample) => sample.rule !== null))("$wall", ({ file, rule }) => {
    expect(
      diagnostics.filter((diagnostic) => diagnostic.filename === file).map(({ code }) => code),
    ).toContain(rule);
  });
});

describe("the linter lets pass", () => {
  it.each(samples.filter((sample) => sample.rule === null))("$wall", ({ file }) => {
    expect(diagnostics.filter((diagnostic) => diagnostic.filename === file)).toEqual([]);
  });
});

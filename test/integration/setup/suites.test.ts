import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { projectFile } from "../../../resources/setup/project.mjs";
import { runSuite } from "../../../resources/suites/suites.mjs";
import { temporaryFolder } from "../../support/temporary-folder";

/** A project whose unit suite is the given files, run by the real Vitest. */
async function suiteOf(files: Readonly<Record<string, string>>) {
  const root = await temporaryFolder();
  await symlink(projectFile("node_modules"), join(root, "node_modules"), "dir");
  await writeFile(join(root, "package.json"), '{ "type": "module" }');
  const project = `{ extends: true, test: { name: "unit", include: ["test/*.test.js"] } }`;
  await writeFile(
    join(root, "vitest.config.js"),
    `export default { test: { allowOnly: false, passWithNoTests: true, projects: [${project}] } };`,
  );
  await mkdir(join(root, "test"));
  for (const [name, body] of Object.entries(files)) {
    await writeFile(join(root, "test", name), `import { expect, it } from "vitest";\n${body}\n`);
  }
  const lines: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((line: string) => lines.push(line));
  try {
    return { tally: await runSuite(root, "unit", process.env), printed: lines.join("\n") };
  } finally {
    log.mockRestore();
  }
}

const passes = `it("passes", () => { expect(1).toBe(1); });`;

describe("a suite", () => {
  it("counts its tests in one line", async () => {
    const { tally, printed } = await suiteOf({ "a.test.js": passes, "b.test.js": passes });
    expect(tally).toEqual({ passed: 2, failed: 0, problems: [] });
    expect(printed).toMatch(/^unit +2 passed, 0 failed \([\d.]+ s\)$/);
  });

  it("fails when it has no test, even where the runner is content", async () => {
    const { tally } = await suiteOf({});
    expect(tally.failed).toBe(1);
  });

  it.each([
    ["a test fails", `it("fails", () => { expect(1).toBe(2); });`, /expected 1 to be 2/],
    ["a test is skipped", `it.skip("sleeps", () => {});`, /did not run: sleeps/],
    ["a test is put off", `it.todo("later");`, /did not run: later/],
    ["a file does not load", `import "./no-such-file";`, /failed outside its tests/],
  ])("fails when %s, and says which", async (_, body, message) => {
    const { tally, printed } = await suiteOf({ "a.test.js": passes, "b.test.js": body });
    expect(tally).toMatchObject({ passed: 1, failed: 1 });
    expect(printed).toMatch(message);
  });

  it("fails when a test wants to run alone", async () => {
    const { tally } = await suiteOf({ "a.test.js": `it.only("alone", () => {});\n${passes}` });
    expect(tally.failed).toBeGreaterThan(0);
  });
});

/**
 * `npm run test:deep [-- FILE …]`: the long proofs by chance with all their rounds. Another seed at every run, printed and
 * repeated by `GATEHOUSE_SEED`. A test file takes part by asking `test/support/depth` how many rounds it does.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "./setup/project.mjs";
import { runStep, stepLine } from "./setup/report.mjs";
import { prepareBuild, prepareElectron, preparePackages, runCommand } from "./setup/steps.mjs";
import { ensureTools } from "./setup/test-tools.mjs";

/** @returns {Promise<string[]>} test files with rounds of their own, relative to the checkout */
async function deepFiles() {
  const entries = await readdir(join(projectRoot, "test"), { recursive: true });
  const files = entries.filter((path) => /\.test\.tsx?$/.test(path)).map((path) => join("test", path));
  const asks = await Promise.all(
    files.map(async (file) => /support\/depth"/.test(await readFile(join(projectRoot, file), "utf8"))),
  );
  return files.filter((_, index) => asks[index]).toSorted();
}

await runCommand(async () => {
  await preparePackages(projectRoot);
  await runStep("test tools", () => ensureTools(["Xvfb", "chromium", "faketime"]));
  const electron = await prepareElectron(projectRoot);
  await prepareBuild(projectRoot);

  const { runTests } = await import("./suites/run-tests.mjs");
  const { suites } = await import("./suites/suites.mjs");
  const seed = process.env["GATEHOUSE_SEED"] ?? String(Date.now() % 1_000_000_000);
  console.log(stepLine("seed", `${seed} (GATEHOUSE_SEED=${seed} repeats this run)`));
  const named = process.argv.slice(2);
  const files = named.length > 0 ? named : await deepFiles();
  return runTests(projectRoot, {
    names: suites.filter((suite) => files.some((file) => file.startsWith(join("test", suite)))),
    env: {
      ...process.env,
      GATEHOUSE_ELECTRON: electron.binary,
      GATEHOUSE_DEEP: "1",
      GATEHOUSE_SEED: seed,
    },
    files,
    isDeep: true,
  });
});

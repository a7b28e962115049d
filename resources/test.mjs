/**
 * `npm test [-- SUITE …]`: every check and every suite, or the named suites, from a bare clone. Ends with
 * `N passed, N failed`.
 */
import { projectRoot } from "./setup/project.mjs";
import { runStep } from "./setup/report.mjs";
import { prepareBuild, prepareElectron, preparePackages, runCommand } from "./setup/steps.mjs";
import { ensureTools } from "./setup/test-tools.mjs";

await runCommand(async () => {
  await preparePackages(projectRoot);
  await runStep("test tools", () => ensureTools(["Xvfb", "chromium", "faketime"]));
  const electron = await prepareElectron(projectRoot);
  await prepareBuild(projectRoot);

  // Only now are the packages there that these import.
  const { runChecks } = await import("./suites/checks.mjs");
  const { namedSuites, runTests } = await import("./suites/run-tests.mjs");
  const args = process.argv.slice(2);
  return runTests(projectRoot, {
    names: namedSuites(args),
    env: { ...process.env, GATEHOUSE_ELECTRON: electron.binary },
    before: async (run) => (args.length === 0 ? [await runChecks(projectRoot, run)] : []),
  });
});

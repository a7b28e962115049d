/** `npm test`: every check and every suite, from a bare clone. Ends with `N passed, N failed`. */
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
  const { runSuite, suites } = await import("./suites/suites.mjs");
  const { closingLine, sumTallies } = await import("./suites/tally.mjs");
  const { withVirtualDisplay } = await import("./suites/virtual-display.mjs");

  const tallies = [await runChecks(projectRoot)];
  await withVirtualDisplay(async (env) => {
    for (const suite of suites) {
      tallies.push(await runSuite(projectRoot, suite, { ...env, GATEHOUSE_ELECTRON: electron.binary }));
    }
  });
  const total = sumTallies(tallies);
  console.log(closingLine(total));
  return total.failed === 0 ? 0 : 1;
});

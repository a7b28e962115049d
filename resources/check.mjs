/** `npm run check`: format, lint, types, dead code and the unit tests; what to run before every commit. */
import { projectRoot } from "./setup/project.mjs";
import { preparePackages, runCommand } from "./setup/steps.mjs";

await runCommand(async () => {
  await preparePackages(projectRoot);
  const { runChecks } = await import("./suites/checks.mjs");
  const { runSuite } = await import("./suites/suites.mjs");
  const { closingLine, sumTallies } = await import("./suites/tally.mjs");
  const total = sumTallies([await runChecks(projectRoot), await runSuite(projectRoot, "unit", process.env)]);
  console.log(closingLine(total));
  return total.failed === 0 ? 0 : 1;
});

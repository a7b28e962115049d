/** `npm run check`: format, lint, types, dead code and the unit tests; what to run before every commit. */
import { projectRoot } from "./setup/project.mjs";
import { preparePackages, runCommand } from "./setup/steps.mjs";

await runCommand(async () => {
  await preparePackages(projectRoot);
  const { runChecks } = await import("./suites/checks.mjs");
  const { runTests } = await import("./suites/run-tests.mjs");
  return runTests(projectRoot, {
    names: ["unit"],
    env: { ...process.env },
    before: async (run) => [await runChecks(projectRoot, run)],
  });
});

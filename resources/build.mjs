/** `npm run build`: main, preload and renderer into `out/`, when their sources changed. */
import { projectRoot } from "./setup/project.mjs";
import { prepareBuild, preparePackages, runCommand } from "./setup/steps.mjs";

await runCommand(async () => {
  await preparePackages(projectRoot);
  await prepareBuild(projectRoot);
  return 0;
});

/** `npm run bench [-- NAME …]`: every benchmark of `test/bench`, or those named; a table here, JSON in `out/bench.json`. */
import { readFile, writeFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { run } from "./setup/process.mjs";
import { projectFile, projectRoot } from "./setup/project.mjs";
import { runStep, SetupError, stepLine } from "./setup/report.mjs";
import { prepareBuild, prepareElectron, preparePackages, runCommand } from "./setup/steps.mjs";
import { ensureTools } from "./setup/test-tools.mjs";

const timeoutMs = 20 * 60_000;

await runCommand(async () => {
  await preparePackages(projectRoot);
  await runStep("bench tools", () => ensureTools(["Xvfb", "jq"]));
  const electron = await prepareElectron(projectRoot);
  await prepareBuild(projectRoot);

  const { chooseBenchmarks, compileBenchmarks } = await import("./bench/compile.mjs");
  const { benchTable } = await import("./bench/table.mjs");
  const { withVirtualDisplay } = await import("./suites/virtual-display.mjs");
  const names = await chooseBenchmarks(projectRoot, process.argv.slice(2));
  const modules = await compileBenchmarks(projectRoot, names);

  /** @type {Record<string, readonly import("./bench/table.mjs").Row[]>} */
  const results = {};
  await withVirtualDisplay(async (display) => {
    for (const [name, module] of modules) {
      const result = projectFile("out", "bench", `${name}.json`);
      const worker = projectFile("resources", "bench", "worker.mjs");
      const env = { ...display, GATEHOUSE_ELECTRON: electron.binary, NODE_ENV: "production" };
      const outcome = await run(process.execPath, [worker, module, result], {
        cwd: projectRoot,
        env,
        timeoutMs,
      });
      if (outcome.code !== 0) {
        const problem = `${name} ended with ${outcome.stopped || `code ${outcome.code}`}`;
        throw new SetupError("bench", problem, "mend what it names", `${outcome.stdout}${outcome.stderr}`);
      }
      results[name] = JSON.parse(await readFile(result, "utf8"));
      console.log(`\n${name}\n${benchTable(results[name] ?? [])}`);
    }
  });

  const machine = { processors: cpus().length, model: cpus()[0]?.model ?? "", memoryBytes: totalmem() };
  const versions = { node: process.versions.node, electron: electron.version };
  const path = projectFile("out", "bench.json");
  await writeFile(path, `${JSON.stringify({ machine, versions, results }, null, 2)}\n`);
  const rows = Object.values(results).flat();
  const missed = rows.filter((row) => row.met === false).length;
  console.log(
    `\n${stepLine("bench", `${rows.length} figures in ${path}, ${missed} below what is to be reached`)}`,
  );
  return missed === 0 ? 0 : 1;
});

/**
 * `npm run screens`: a picture of every view, dark and light, in two sizes, into `out/screens/`. The console shows the
 * demo workspace after real cycles, in Chromium, and a rollout and a TOS project in each of their states; with
 * `-- --electron` it shows the workspace in its own window, without those states.
 */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { findChromium } from "./setup/chromium.mjs";
import { projectFile, projectRoot } from "./setup/project.mjs";
import { runStep, stepLine } from "./setup/report.mjs";
import { prepareBuild, prepareElectron, preparePackages, runCommand } from "./setup/steps.mjs";
import { ensureTools } from "./setup/test-tools.mjs";
import { chooseWorkspace } from "./setup/workspace.mjs";

const cycles = 24;

await runCommand(async () => {
  const { values } = parseArgs({ options: { electron: { type: "boolean", default: false } } });
  await preparePackages(projectRoot);
  await runStep("tools", () => ensureTools(values.electron ? ["Xvfb", "chromium"] : ["chromium"]));
  const electron = values.electron ? await prepareElectron(projectRoot) : undefined;
  await prepareBuild(projectRoot);

  const { chromium, _electron } = await import("playwright");
  const { withServedConsole } = await import("./screens/served-console.mjs");
  const { makeHistory, makeLiveRun, makeTosRun } = await import("./screens/history.mjs");
  const { photographViews } = await import("./screens/photograph.mjs");
  const { sizes } = await import("./screens/views.mjs");
  const { withVirtualDisplay } = await import("./suites/virtual-display.mjs");

  const folder = projectFile("out", "screens");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const data = await mkdtemp(join(tmpdir(), "gatehouse-screens-"));
  process.env["GATEHOUSE_DATA_DIR"] = data;
  let taken = 0;
  try {
    const workspace = await runStep("workspace", () => chooseWorkspace(projectRoot, undefined));
    await makeLiveRun(projectRoot, workspace);
    const executablePath = (await findChromium()) ?? "";
    await withServedConsole(projectRoot, workspace, async (link) => {
      const browser = await chromium.launch({ executablePath });
      try {
        const page = await browser.newPage();
        await page.goto(link);
        await makeHistory(page, cycles);
        await makeTosRun(page);
        if (electron) return;
        for (const size of sizes) {
          await page.setViewportSize(size);
          taken += await photographViews(page, folder, size.name);
        }
      } finally {
        await browser.close();
      }
    });
    if (electron) {
      await withVirtualDisplay(async (env) => {
        const args = [
          ...electron.args,
          projectRoot,
          "--workspace",
          workspace,
          `--user-data-dir=${join(data, "electron")}`,
        ];
        const application = await _electron.launch({
          executablePath: electron.binary,
          args,
          env: /** @type {Record<string, string>} */ (env),
        });
        try {
          const page = await application.firstWindow();
          for (const { name, ...size } of sizes) {
            await application.evaluate(({ BrowserWindow }, { width, height }) => {
              BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
            }, size);
            await page.waitForFunction(
              ({ width, height }) => innerWidth === width && innerHeight === height,
              size,
            );
            taken += await photographViews(page, folder, name);
          }
        } finally {
          await application.close();
        }
      });
    }
  } finally {
    await rm(data, { recursive: true, force: true });
  }
  if (!electron) {
    const { photographStates } = await import("./screens/states.mjs");
    taken += await photographStates(projectRoot, folder);
  }
  console.log(stepLine("screens", `${taken} pictures in ${folder}`));
  return 0;
});

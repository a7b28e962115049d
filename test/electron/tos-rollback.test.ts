import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterEach, describe, expect, it } from "vitest";
import { prepareDemoProject } from "../../main/workspace/demo-project";
import { projectRoot } from "../../resources/setup/project.mjs";
import { keyboard, mouse, WindowOperator } from "../support/tos/window-operator";

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const configFile = "config_v0_3.json";
const resultFile = "workspace/results/result_v2.txt";

/** A workspace with nothing but the demo's TOS project, whose models and commands do not take their time. */
async function demoProject(): Promise<string> {
  const path = await mkdtemp(join(await realpath(tmpdir()), "gatehouse-tos-window-"));
  cleanUps.push(() => rm(path, { recursive: true, force: true, maxRetries: 5 }));
  await mkdir(join(path, ".gatehouse"));
  await writeFile(
    join(path, ".gatehouse", "settings.json"),
    JSON.stringify({ schemaVersion: 1, name: "Harbor", tosRoot: "tos", surfaces: {} }),
  );
  await prepareDemoProject({
    shippedDirectory: join(projectRoot, "fixtures", "demo", "tos"),
    workspacePath: path,
    interpreter: process.execPath,
    environment: process.env,
  });
  const replies = join(path, "tos", ".gatehouse", "replies.json");
  const text = (await readFile(replies, "utf8")).replaceAll(/\bsleep [\d.]+/g, "sleep 0");
  await writeFile(replies, JSON.stringify({ ...(JSON.parse(text) as Record<string, unknown>), delayMs: 0 }));
  return path;
}

/** What a rollback and its undo must bring back: where the branch stands, and every file but those of Gatehouse. */
async function treeOf(root: string): Promise<Record<string, string>> {
  const git = async (...args: string[]): Promise<string> => (await execa("git", args, { cwd: root })).stdout;
  const paths = (await git("ls-files", "-z", "--cached", "--others", "--ignored", "--exclude=*"))
    .split("\0")
    .concat((await git("ls-files", "-z")).split("\0"))
    .filter((path) => path !== "" && !path.startsWith(".gatehouse/"));
  const contents = await Promise.all(
    [...new Set(paths)].toSorted().map(async (path) => [path, await readFile(join(root, path), "utf8")]),
  );
  return { HEAD: await git("rev-parse", "HEAD"), ...Object.fromEntries(contents) };
}

describe("an operator at the window", () => {
  it.each([
    ["by mouse", mouse, "tos-mouse"],
    ["by keyboard alone", keyboard, "tos-keyboard"],
  ])(
    "makes a checkpoint, runs, breaks the configuration, rolls back and undoes the rollback %s",
    async (_how, handsOn, pictures) => {
      const path = await demoProject();
      const root = join(path, "tos");
      const operator = await WindowOperator.open(path, handsOn, pictures);
      cleanUps.push(() => operator.close());

      await operator.checkpoint("before_change");
      await operator.launch("run", "Done", "the demo, once");
      await operator.picture("1-done");
      expect(await readFile(join(root, resultFile), "utf8")).toContain("合計:");
      const good = await treeOf(root);

      // Seed 004, rollback verification procedure: a deny pattern makes the test fail.
      const config = await readFile(join(root, configFile), "utf8");
      await operator.saveConfiguration(
        config.replace('"Remove-Item",', '"Remove-Item",\n      "Set-Content",'),
        "cause a failure",
      );
      await rm(join(root, resultFile));
      await operator.untilRuleStands("G05", "test");
      await operator.launch("test", "Failed", "must fail");
      await operator.picture("2-test-failed");
      await operator.checkpoint("broken");
      const broken = await treeOf(root);
      expect(broken[configFile]).toContain("Set-Content");
      expect(broken["HEAD"]).not.toBe(good["HEAD"]);

      const gone = await operator.rollBack("before_change", "the configuration denies what the goal needs");
      await operator.picture("3-rolled-back");
      expect(gone).toContain(configFile);
      const back = await treeOf(root);
      expect(back["HEAD"]).toBe(good["HEAD"]);
      expect(back[configFile]).toBe(config);
      // The automatic test ran the orchestrator again, and reached the goal.
      expect(back[resultFile]).toContain("合計:");
      expect(back["workspace/artifacts/phase_state.json"]).toContain('"current_phase": "done"');

      await operator.undo("look at the failure once more");
      await operator.openTab("Checkpoints");
      await operator.picture("4-undone");
      const again = await treeOf(root);
      // What the automatic test wrote anew and no rollback took away stays; everything that was taken away is back.
      for (const [file, content] of Object.entries(broken)) {
        if (file.startsWith("logs/last_run_summary")) continue;
        expect(again[file], file).toBe(content);
      }
    },
  );
});

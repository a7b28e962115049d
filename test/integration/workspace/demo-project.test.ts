import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { execa } from "execa";
import { beforeEach, describe, expect, it } from "vitest";
import { scriptedRepliesSchema, tosSettingsSchema } from "#contract/tos/settings";
import { checkConfig } from "#domain/tos/config-check/check-config";
import { ownRunner } from "../../../main/host/program-root";
import { prepareDemoWorkspace } from "../../../main/workspace/demo";
import { ensureBuilt } from "../../support/build";
import { rounds, seed } from "../../support/depth";
import { createRandom } from "../../support/random";
import { temporaryFolder } from "../../support/temporary-folder";
import { gitIn } from "../../support/tos/git-in";

const kills = rounds(3, 6);

let home: string;
let root: string;
beforeEach(async () => {
  home = await temporaryFolder();
  root = join(home, "data/demo-workspace/tos");
});

const options = (environment: Record<string, string | undefined> = {}) => ({
  shippedDirectory: "fixtures/demo",
  environment: {
    PATH: process.env["PATH"],
    HOME: home,
    GATEHOUSE_DATA_DIR: join(home, "data"),
    ...environment,
  },
  platform: process.platform,
  homeDirectory: home,
});
const prepare = (environment?: Record<string, string | undefined>) =>
  prepareDemoWorkspace(options(environment));
const inProject = (path: string): Promise<string> => readFile(join(root, path), "utf8");
const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Every file below a folder, with its content and the moment it was written. */
async function everything(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    files
      .toSorted()
      .map(async (file) => `${file} ${(await stat(file)).mtimeMs} ${await readFile(file, "base64")}`),
  );
}

describe("the demo's TOS project", () => {
  it("is a clean repository of one commit, made without touching what the machine knows of git", async () => {
    const unwelcome =
      "[user]\n\tuseConfigOnly = true\n[commit]\n\tgpgsign = true\n[init]\n\tdefaultBranch = trunk\n";
    await writeFile(join(home, ".gitconfig"), unwelcome);
    await prepare({ GIT_DIR: join(home, "elsewhere") });
    expect(await gitIn(root, "log", "--format=%an <%ae> %s")).toBe(
      "Gatehouse demo <demo@gatehouse.invalid> TOS project of the demo",
    );
    expect(await gitIn(root, "status", "--porcelain", "--branch")).toBe("## main");
    expect((await gitIn(root, "ls-files")).split("\n")).toEqual([
      ".gitignore",
      "README.md",
      "config_v0_3.json",
      "data/orders.csv",
      "docs/s5_closeout.md",
      "job_input.example.json",
    ]);
    expect(await readFile(join(home, ".gitconfig"), "utf8")).toBe(unwelcome);
    expect(await isThere(join(home, "elsewhere"))).toBe(false);
  });

  it("takes a checkpoint's commit although nobody has told git who they are", async () => {
    await writeFile(join(home, ".gitconfig"), "[user]\n\tuseConfigOnly = true\n[commit]\n\tgpgsign = true\n");
    await prepare();
    await execa("git", ["commit", "--allow-empty", "--message", "CHECKPOINT first"], {
      cwd: root,
      env: { PATH: process.env["PATH"], HOME: home },
      extendEnv: false,
    });
    expect(await gitIn(root, "log", "-1", "--format=%an %s")).toBe("Gatehouse demo CHECKPOINT first");
  });

  it("names this Node as the interpreter, and ships settings and replies that can be used", async () => {
    await prepare();
    expect(await inProject("tos_python_path.txt")).toBe(`${process.execPath}\n`);
    const settings = tosSettingsSchema.parse(JSON.parse(await inProject(".gatehouse/tos.json")));
    if (settings.models.provider !== "scripted") throw new Error("The demo asks a real model.");
    const replies = scriptedRepliesSchema.parse(JSON.parse(await inProject(settings.models.replies)));
    expect(replies.steps).toHaveLength(3);
    const workspaceSettings = JSON.parse(
      await readFile(join(root, "../.gatehouse/settings.json"), "utf8"),
    ) as { tosRoot: string };
    expect(workspaceSettings.tosRoot).toBe("tos");
  });

  it("tells a story: looks round, has a command denied, writes the result; and fails once it is broken", async () => {
    await prepare();
    const unhurried = await inProject(".gatehouse/replies.json");
    const replies = scriptedRepliesSchema.parse(JSON.parse(unhurried.replaceAll(/sleep [\d.]+/g, "sleep 0")));
    await writeFile(join(root, ".gatehouse/replies.json"), JSON.stringify({ ...replies, delayMs: 0 }));
    expect(checkConfig(await inProject("config_v0_3.json")).problems).toEqual([]);
    const { nodeExecutable, cliEntry } = ownRunner();
    const launch = (mode: string, ...others: readonly string[]) =>
      execa(nodeExecutable, [cliEntry, "tos", "-Mode", mode, "-Root", root, ...others], { reject: false });
    const stepOf = async (number: number) =>
      JSON.parse(await inProject(`logs/steps/step_00${number}.json`)) as {
        phase: string;
        execution: { command_results: { executed: boolean; matched_pattern?: string; stdout?: string }[] };
      };

    const { stdout } = await launch("run");
    expect(stdout).toContain("end_reason done (job 1/3 completed)");
    const { execution: first } = await stepOf(1);
    expect(first.command_results).toMatchObject([
      { executed: true, stdout: expect.stringContaining("data/orders.csv: 25 lines") as string },
    ]);
    const { execution: second } = await stepOf(2);
    expect(second.command_results).toMatchObject([
      { executed: false, matched_pattern: "curl " },
      { executed: true, stdout: "24 orders, 189000 yen\n" },
    ]);
    expect((await stepOf(4)).phase).toBe("done");
    expect(await inProject("workspace/results/result_v2.txt")).toBe("合計: 189000\n平均: 7875\n件数: 24\n");

    // The rollback verification procedure of seed 004.
    await rm(join(root, "workspace/results/result_v2.txt"));
    const text = await inProject("config_v0_3.json");
    await writeFile(
      join(root, "config_v0_3.json"),
      text.replace('"Remove-Item",', '"Remove-Item", "Set-Content",'),
    );
    expect(await launch("cleanrun", "--acknowledge", "G05=practice")).toMatchObject({ exitCode: 1 });
    expect((await stepOf(3)).phase).toBe("deny");
  });

  it("is the operator's once it is made", async () => {
    await prepare();
    await writeFile(join(root, "config_v0_3.json"), "{}");
    await rm(join(root, "docs"), { recursive: true });
    await writeFile(join(root, "own.txt"), "mine");
    const before = await everything(root);
    await prepare();
    expect(await everything(root)).toEqual(before);
  });

  it("names an interpreter anew only when the one it names is gone", async () => {
    await prepare();
    const other = join(home, "python3");
    await writeFile(other, "");
    await writeFile(join(root, "tos_python_path.txt"), `${other}\r\n`);
    await prepare();
    expect(await inProject("tos_python_path.txt")).toBe(`${other}\r\n`);
    await rm(other);
    await prepare();
    expect(await inProject("tos_python_path.txt")).toBe(`${process.execPath}\n`);
  });

  it("comes without a repository where git is not there", async () => {
    const empty = join(home, "empty");
    await mkdir(empty);
    await prepare({ PATH: empty });
    expect(await isThere(join(root, "config_v0_3.json"))).toBe(true);
    expect(await isThere(join(root, ".git"))).toBe(false);
  });

  it(`is whole or absent whenever its making is killed (${kills} times, seed ${seed}), and the next start leaves nothing of that behind`, async () => {
    const random = createRandom(seed);
    const module = pathToFileURL(join(await ensureBuilt(), "main", "demo.js")).href;
    const code = `import { prepareDemoWorkspace } from ${JSON.stringify(module)}; await prepareDemoWorkspace(${JSON.stringify(options())});`;
    let killed = 0;
    // Whether a kill comes in time is up to the machine: they go on until one has.
    for (let round = 0; round < kills || (killed === 0 && round < kills * 10); round += 1) {
      await rm(join(home, "data"), { recursive: true, force: true });
      const child = execa(process.execPath, ["--input-type=module", "--eval", code], {
        reject: false,
        detached: true,
      });
      const shipping = join(home, "data/demo-workspace/.gatehouse");
      while (!(await isThere(shipping)) && child.exitCode === null) await new Promise(setImmediate);
      await new Promise((done) => setTimeout(done, random.below(90)));
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
      const { signal, stderr } = await child;
      expect(stderr).toBe("");
      if (signal === "SIGKILL") killed += 1;
      if (await isThere(root)) expect(await gitIn(root, "status", "--porcelain", "--branch")).toBe("## main");
      await prepare();
      expect(await gitIn(root, "log", "--format=%s")).toBe("TOS project of the demo");
      expect((await readdir(shipping)).filter((name) => name.startsWith("tos-partial"))).toEqual([]);
    }
    expect(killed).toBeGreaterThan(0);
  });
});

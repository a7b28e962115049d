import { mkdir, readdir, readFile, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execa } from "execa";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stepDetailSchema, tosViewSchema, type TosView } from "#contract/tos/view";
import { stepDetail } from "#domain/tos/view/step-detail";
import { tosView } from "#domain/tos/view/tos-view";
import { systemClock } from "../../../../main/system/clock";
import { readTextFile } from "../../../../main/tos/project/read-file";
import { readProject } from "../../../../main/tos/project/read-project";
import { rounds } from "../../../support/depth";
import { configText } from "../../../support/tos/base-script";
import { temporaryFolder } from "../../../support/temporary-folder";
import { noRepository } from "./no-repository";

const state = "workspace/artifacts/phase_state.json";
const step = "logs/steps/step_001.json";
const files = [
  state,
  step,
  "logs/phase_summary.json",
  "logs/last_run_summary.json",
  "logs/last_run_summary.txt",
  "workspace/artifacts/job_input.json",
  "workspace/artifacts/job_result.json",
  "config_v0_3.json",
  "tos_python_path.txt",
  "orchestrator_v0_3.py",
  ".gatehouse/tos/acknowledged.jsonl",
] as const;

const good: Readonly<Record<string, string>> = {
  "config_v0_3.json": configText({ s5_settings: { job_loop: { enabled: true } } }),
  [state]: JSON.stringify({ current_phase: "done", current_step: 2, last_done: true, job_index: 2 }),
  [step]: JSON.stringify({ phase: "execute", step_num: 1, stopped: false }),
};

/** Of these two nothing but their content is of interest. */
const isShown = (path: string): boolean =>
  path !== "tos_python_path.txt" && path !== ".gatehouse/tos/acknowledged.jsonl";

async function project(extra: Readonly<Record<string, string | Uint8Array>> = {}): Promise<string> {
  const root = await temporaryFolder();
  for (const [path, content] of Object.entries({ ...good, ...extra })) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return root;
}

async function viewOf(root: string): Promise<TosView> {
  const reading = await readProject(root, { OPENAI_API_KEY: "o".repeat(20) }, systemClock);
  const view = tosView({
    reading,
    repository: await noRepository(),
    runs: [],
    now: Math.floor(systemClock.nowUnixMs()),
  });
  return tosViewSchema.parse(structuredClone(view));
}

/** All problems and details of a view that name a file. */
function words(view: TosView): string {
  return JSON.stringify([
    view.config,
    view.phase,
    view.steps,
    view.summary,
    view.jobLoop,
    view.lastRun,
    view.rules,
  ]);
}

describe("whatever lies under a file's name, the project is read and told in plain words", () => {
  test.each(files)("%s is a folder", async (path) => {
    const root = await project();
    await rm(join(root, path), { force: true });
    await mkdir(join(root, path), { recursive: true });
    expect(words(await viewOf(root)).includes(`${path}: expected a file, found a folder`)).toBe(
      isShown(path),
    );
  });

  test.each(files)("%s is a named pipe that nobody writes to", async (path) => {
    const root = await project();
    await rm(join(root, path), { force: true });
    await mkdir(dirname(join(root, path)), { recursive: true });
    await execa("mkfifo", [join(root, path)]);
    const told = words(await viewOf(root)).includes(`${path}: expected a file, found something else`);
    expect(told).toBe(isShown(path));
  });

  test.each(files)("%s leads back to itself", async (path) => {
    const root = await project();
    await rm(join(root, path), { force: true });
    await mkdir(dirname(join(root, path)), { recursive: true });
    await symlink(join(root, path), join(root, path));
    expect(words(await viewOf(root)).includes(`${path}: it is a symbolic link`)).toBe(isShown(path));
  });

  test.each([state, step, "logs/phase_summary.json", "config_v0_3.json"])("%s is no UTF-8", async (path) => {
    const view = await viewOf(await project({ [path]: Buffer.from([0x7b, 0x82, 0xa0, 0x7d]) }));
    expect(words(view)).toContain(`${path}: expected UTF-8 text, found bytes that are not`);
  });

  test.each([state, step])(
    "%s begins with a byte order mark, which the orchestrator refuses",
    async (path) => {
      const view = await viewOf(await project({ [path]: `\uFEFF${good[path]}` }));
      expect(words(view)).toContain(`${path}: expected JSON: Unexpected UTF-8 BOM`);
    },
  );

  test("the launcher's summary may have a byte order mark and CRLF", async () => {
    const text = '\uFEFF{\r\n  "phase":  "done",\r\n  "step":  2\r\n}\r\n';
    const view = await viewOf(
      await project({
        "logs/last_run_summary.json": text,
        "logs/last_run_summary.txt": "\uFEFFphase=done\r\n",
      }),
    );
    expect(view.lastRun).toMatchObject({
      problem: "",
      fields: [
        { key: "phase", value: "done" },
        { key: "step", value: "2" },
      ],
      text: "phase=done",
    });
  });

  test("of a file of two gigabytes only the beginning is read, and that is said", async () => {
    const root = await project();
    await truncate(join(root, step), 2_147_483_648);
    const view = await viewOf(root);
    expect(view.steps[0]?.problem).toMatch(/expected at most 4194304 bytes, found 2147483648/);
    const { file } = await readTextFile(root, step, "kept");
    const detail = stepDetailSchema.parse(stepDetail(file));
    expect(detail.text.startsWith(good[step] ?? "")).toBe(true);
    expect(detail.text.length).toBe(1_048_576);
  });

  test("a step that is no UTF-8 is shown with marks where it is no text", async () => {
    const root = await project({ [step]: Buffer.from([0x7b, 0x82, 0xa0, 0x7d]) });
    const { file } = await readTextFile(root, step, "kept");
    expect(stepDetail(file).text).toBe("{\uFFFD\uFFFD}");
  });

  test("a file where the folder of the step logs should be is damage", async () => {
    const root = await temporaryFolder();
    await mkdir(join(root, "logs"));
    await writeFile(join(root, "config_v0_3.json"), good["config_v0_3.json"] ?? "");
    await writeFile(join(root, "logs/steps"), "");
    const view = await viewOf(root);
    expect(view.reactions.map(({ title }) => title)).toContain("Damaged files");
    expect(view.rules.find(({ rule }) => rule === "G27")).toMatchObject({ status: "unknown" });
  });

  test("a state cut off at any byte is told as broken or read as far as it is JSON", async () => {
    const root = await project();
    const text = good[state] ?? "";
    for (let length = 0; length < text.length; length += 7) {
      await writeFile(join(root, state), text.slice(0, length));
      const { phase } = await viewOf(root);
      expect(phase?.problem, `cut to ${length}`).toContain(`${state}: expected JSON`);
    }
  });

  test("values of any kind in every file of the orchestrator never break the view or a step", async () => {
    const root = await project();
    const hostile = fc.oneof(
      fc.json(),
      fc.constantFrom("NaN", "-Infinity", "1e999", "9".repeat(400), '"\\ud800"', "{}", "[[]]", "-0", "null"),
      fc
        .tuple(
          fc.constantFrom(...keysOfDocuments),
          fc.oneof(fc.json(), fc.constantFrom("NaN", "9".repeat(40))),
        )
        .map(([key, value]) => `{${JSON.stringify(key)}: ${value}}`),
    );
    await fc.assert(
      fc.asyncProperty(
        hostile,
        fc.constantFrom(state, step, "logs/phase_summary.json", "workspace/artifacts/job_input.json"),
        async (text, path) => {
          for (const [name, content] of Object.entries(good)) await writeFile(join(root, name), content);
          await writeFile(join(root, path), text);
          await viewOf(root);
          const { file } = await readTextFile(root, path, "kept");
          stepDetailSchema.parse(stepDetail(file));
          expect(await readFile(join(root, path), "utf8")).toBe(text);
        },
      ),
      { numRuns: rounds(10, 40) },
    );
  });
});

const keysOfDocuments = [
  "current_phase",
  "current_step",
  "job_index",
  "last_done",
  "phase",
  "step_num",
  "final_commands",
  "allowlist_summary",
  "execution",
  "prompts_used",
  "models_used",
  "draft",
  "job_loop",
  "total_steps",
  "job_name",
];

test("whatever the configuration says of folders, nothing is written and nothing fails", async () => {
  for (const delta of [
    { workspace_dir: "../elsewhere", logs_dir: "/proc" },
    { workspace_dir: "a\u0000b", logs_dir: "" },
    { workspace_dir: 7, logs_dir: null },
    { s5_settings: { job_loop: { job_input: { path: "/dev/zero" }, job_result: { path: "." } } } },
    { s5_settings: { job_loop: 3 } },
  ]) {
    const root = await project({ "config_v0_3.json": configText(delta) });
    const before = await readdir(root, { recursive: true });
    expect((await viewOf(root)).root).toBe(root);
    expect(await readdir(root, { recursive: true })).toEqual(before);
  }
});

test("a project that is not there at all is read as one in which everything is missing", async () => {
  const root = join(await temporaryFolder(), "nothing");
  const view = await viewOf(root);
  expect(view.config.problems).toEqual(["config_v0_3.json: expected the configuration, found no file"]);
  expect(view.phase).toBeNull();
});

import { cp, mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { stepDetailSchema, tosViewSchema, type TosView } from "#contract/tos/view";
import { stepDetail } from "#domain/tos/view/step-detail";
import { tosView } from "#domain/tos/view/tos-view";
import { systemClock } from "../../../../main/system/clock";
import { readTextFile } from "../../../../main/tos/project/read-file";
import { readProject } from "../../../../main/tos/project/read-project";
import { temporaryFolder } from "../../../support/temporary-folder";
import { noRepository } from "./no-repository";

const golden = join(import.meta.dirname, "../../../golden/tos");

/** What INDEX.tsv says of a recorded run. */
interface IndexLine {
  readonly run: string;
  readonly phase: string;
  readonly step: string;
  readonly done: string;
  readonly jobIndex: string;
  readonly endReason: string;
  readonly counts: string;
  readonly logs: string;
}

async function indexLines(): Promise<IndexLine[]> {
  const [, ...lines] = (await readFile(join(golden, "INDEX.tsv"), "utf8")).trimEnd().split("\n");
  const present = new Set(await readdir(join(golden, "scenarios")));
  return lines
    .map((line) => {
      const [
        run = "",
        ,
        ,
        ,
        ,
        phase = "",
        step = "",
        done = "",
        jobIndex = "",
        endReason = "",
        counts = "",
        logs = "",
      ] = line.split("\t");
      return { run, phase, step, done, jobIndex, endReason, counts, logs };
    })
    .filter(({ run }) => present.has(run.split("/", 1)[0] ?? ""));
}

/** The project as a recorded run left it. */
async function layOut(run: string): Promise<string> {
  const root = await temporaryFolder();
  const after = join(golden, "scenarios", run, "out/after");
  await mkdir(root, { recursive: true });
  await cp(after, root, { recursive: true }).catch(() => undefined);
  const config = join(golden, "scenarios", run, "in/config_v0_3.json");
  await cp(config, join(root, "config_v0_3.json")).catch(() => undefined);
  return root;
}

async function viewOf(root: string): Promise<TosView> {
  const reading = await readProject(
    root,
    { OPENAI_API_KEY: "x".repeat(20), ANTHROPIC_API_KEY: "y".repeat(20) },
    systemClock,
  );
  const view = tosView({ reading, repository: await noRepository(), runs: [], now: systemClock.nowUnixMs() });
  return tosViewSchema.parse(view);
}

/** Recorded runs with a file that is not as the orchestrator writes it, put there on purpose. */
const damaged = /^(?:25_job_input_|62_|64_|67_|68_)/;

/** The same figures as the line of the index has them, from a view. */
function figuresOf({ phase, summary, steps }: TosView): Omit<IndexLine, "run"> {
  const text = (value: string | number | boolean | null): string =>
    value === null ? "None" : value === true ? "True" : value === false ? "False" : String(value);
  const inState = (value: string | number | boolean | null): string =>
    (phase?.problem ?? "") === "" ? text(value) : "?";
  return {
    phase: inState(phase?.currentPhase || null),
    step: inState(phase?.currentStep ?? null),
    done: inState(phase?.lastDone ?? null),
    jobIndex: inState(phase?.jobIndex ?? null),
    endReason: summary?.endReason || "None",
    counts:
      summary === null
        ? "-"
        : `c=${summary.successCount}/${summary.deniedCount}/${summary.fatalErrorCount}/${summary.stoppedCount}/${summary.totalSteps} sk=${summary.skippedCount}`,
    logs: steps
      .map(
        ({ file, phase: word, stopped, problem }) =>
          `${file.slice(5, -5)}:${problem === "" ? word : "<corrupt>"}${stopped ? "*" : ""}`,
      )
      .join(" "),
  };
}

test("the view of every recorded project tells what the index tells of it, and keeps the contract", async () => {
  const lines = await indexLines();
  expect(lines.length).toBeGreaterThan(80);
  const wrong: unknown[] = [];
  for (const { run, ...expected } of lines) {
    const view = await viewOf(await layOut(run));
    const found = figuresOf(view);
    const differing = Object.entries(expected).filter(
      ([key, value]) => found[key as keyof typeof found] !== value,
    );
    if (differing.length > 0) wrong.push({ run, expected, found });
    const forms = view.rules.find(({ rule }) => rule === "G27");
    if (!damaged.test(run) && forms?.status !== "kept") wrong.push({ run, forms });
    for (const { operation, effects } of view.actions)
      if (effects.length === 0) wrong.push({ run, operation });
  }
  expect(wrong).toEqual([]);
});

describe("steps in full", () => {
  async function stepOf(run: string, name: string): Promise<ReturnType<typeof stepDetail>> {
    const folder = join(golden, "scenarios", run, "out/after");
    const { file } = await readTextFile(folder, `logs/steps/${name}`, "kept");
    return stepDetailSchema.parse(stepDetail(file));
  }

  test("an executed step shows prompts, replies and what its command did", async () => {
    const detail = await stepOf("02_one_step_done/run_1", "step_001.json");
    expect(detail.row).toMatchObject({
      step: 1,
      phase: "execute",
      commands: 1,
      denied: 0,
      failed: 0,
      problem: "",
    });
    expect(detail.prompts.map(({ role, length }) => [role, length])).toEqual([
      ["draft", 44],
      ["review", 192],
      ["final", 400],
    ]);
    expect(detail.replies.map(({ role, model }) => [role, model])).toEqual([
      ["draft", "model-o"],
      ["review", "model-a"],
      ["final", "model-o"],
    ]);
    expect(detail.replies[0]?.value).toContain('"thought": "t"');
    expect(detail.commands).toMatchObject([
      { type: "powershell", allowed: true, reason: "allowlist通過", executed: true, returnCode: 0 },
    ]);
  });

  test("a denied step shows what was denied and by which rule", async () => {
    const detail = await stepOf("04_deny_stop_true/run_1", "step_001.json");
    expect(detail.row).toMatchObject({ phase: "deny", stopped: true, commands: 1, denied: 1 });
    expect(detail.commands).toMatchObject([
      {
        allowed: false,
        matched: "Remove-Item",
        reason: "deny_if_contains 'Remove-Item' に一致",
        executed: false,
      },
    ]);
  });

  test("a step that a model failed shows the prompt and that there is no reply", async () => {
    const detail = await stepOf("10_api_fail_draft/run_1", "step_001.json");
    expect(detail.row).toMatchObject({ phase: "fatal_error", stopped: true, reason: "draft生成失敗" });
    expect(detail.prompts).toHaveLength(1);
    expect(detail.replies.every(({ value }) => value === null)).toBe(true);
    expect(detail.commands).toEqual([]);
  });

  test("a command that the policy lets pass and nothing executes is told as dropped", async () => {
    const detail = await stepOf("47_allowed_unknown_type/run_1", "step_001.json");
    expect(detail.commands.some(({ error, executed }) => error.startsWith("dropped:") && !executed)).toBe(
      true,
    );
  });
});

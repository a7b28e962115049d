import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ScriptedReply } from "./fake-apis";
import type { PlayedRun, Tree } from "./orchestrated-run";

/** Configuration all rows of spec/tos/checks.md start from ("How to use"): that of a recorded run. */
const baseText = readFileSync(
  join(import.meta.dirname, "../../golden/tos/scenarios/02_one_step_done/run_1/in/config_v0_3.json"),
  "utf8",
);

type Fields = Readonly<Record<string, unknown>>;

function merged(base: Fields, delta: Fields): Fields {
  const entries = Object.entries(delta).map(([key, value]) => {
    const below = base[key];
    return [key, isObject(value) && isObject(below) ? merged(below, value) : value];
  });
  return { ...base, ...(Object.fromEntries(entries) as Fields) };
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The base configuration with some fields changed; an undefined takes a field away. */
export function configText(delta: Fields = {}): string {
  return JSON.stringify(merged(JSON.parse(baseText) as Fields, delta), null, 2);
}

/** Changes that switch the job loop on. */
export function jobLoop(loop: Fields = {}): Fields {
  return { s5_settings: { job_loop: { enabled: true, ...loop } } };
}

/** Text of a result file that holds all three keywords. */
export const goodResult = "合計: 60\r\n平均: 20\r\n件数: 3\r\n";
export const resultFile = "workspace/results/result_v2.txt";

/** What the shell does when it brings about the goal. */
export const writesResult = { rc: 0, writes: [{ path: resultFile, text: goodResult }] };

export const allowedCommand = {
  type: "powershell",
  code: "Set-Content -Path workspace/results/result_v2.txt -Value $v -Encoding UTF8",
};

export function openAi(content: unknown): ScriptedReply {
  return { provider: "openai", kind: "content", content: textOf(content) };
}

export function anthropic(content: unknown): ScriptedReply {
  return { provider: "anthropic", kind: "content", content: textOf(content) };
}

export const openAiFails: ScriptedReply = { provider: "openai", kind: "exception" };

function textOf(content: unknown): string {
  return typeof content === "string" ? content : JSON.stringify(content);
}

/** Replies of one step that decides on these commands. */
export function stepReplies(
  commands: readonly unknown[] = [allowedCommand],
  summary = "did it",
): ScriptedReply[] {
  return [
    openAi({ thought: "t", commands }),
    anthropic({ review: "ok", improved_commands: commands, approval: true }),
    openAi({ final_commands: commands, summary }),
  ];
}

/** Files of a project by path, from text or bytes. */
export function filesOf(files: Readonly<Record<string, string | Uint8Array>>): Tree {
  return new Map(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === "string" ? new TextEncoder().encode(content) : content,
    ]),
  );
}

/** A file a run left, as text. */
export function textIn(run: PlayedRun, path: string): string {
  const bytes = run.tree.get(path);
  if (bytes === undefined)
    throw new Error(`${path} was not left; there are ${[...run.tree.keys()].join(", ")}`);
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** A document a run left, as JavaScript reads it. */
// oxlint-disable-next-line typescript/no-explicit-any -- documents are looked into by tests only.
export function documentIn(run: PlayedRun, path: string): any {
  return JSON.parse(textIn(run, path));
}

export const phaseState = "workspace/artifacts/phase_state.json";
export const phaseSummary = "logs/phase_summary.json";

export function stepLog(step: number): string {
  return `logs/steps/step_${String(step).padStart(3, "0")}.json`;
}

/** Prompts a run sent, in order. */
export function promptsOf(run: PlayedRun): string[] {
  return run.trace.flatMap((entry) =>
    "sleep" in entry
      ? []
      : [(JSON.parse(entry.body) as { messages: { content: string }[] }).messages[0]?.content ?? ""],
  );
}

/** Waits of a run, in seconds. */
export function waitsOf(run: PlayedRun): number[] {
  return run.trace.flatMap((entry) => ("sleep" in entry ? [entry.sleep] : []));
}

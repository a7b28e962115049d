import type { ProjectReading } from "../governance/project-reading";
import { jobLoopView } from "./job-loop";

const folders = { workspace: "workspace", logs: "logs" };

/** What running the orchestrator does, one line each; `clean`: from job 1, with nothing of earlier runs left. */
export function orchestratorEffects(reading: ProjectReading, clean: boolean): string[] {
  const { maxSteps, timeoutSeconds, openaiModel, anthropicModel } = reading.config.check.config;
  const scripted = reading.settings.models.provider === "scripted";
  const loop = jobLoopView(reading);
  const index = clean ? 1 : (loop.jobIndex ?? 1);
  if (loop.enabled && index > loop.maxJobs)
    return [
      `Runs the orchestrator: job ${index} is beyond the last of ${loop.maxJobs}, so it calls no model and executes nothing`,
      `Writes ${loop.result.path} and overwrites step_001.json with the end of the job loop`,
    ];
  const asks = scripted ? "replays the scripted replies" : "calls both APIs";
  const uses = loop.enabled ? `, and uses up job ${index} of ${loop.maxJobs}` : "";
  return [
    `Runs the orchestrator: ${asks}, executes commands${uses}`.replace(
      /, executes commands$/,
      " and executes commands",
    ),
    ...(scripted
      ? []
      : [`Draft and final decision: OpenAI ${openaiModel}; review: Anthropic ${anthropicModel}`]),
    limits(maxSteps, timeoutSeconds),
    ...(reading.resultPresent
      ? [
          "result_v2.txt of an earlier run is there: if it holds the three keywords, the first free step ends as done without asking a model",
        ]
      : []),
  ];
}

/** What the launcher's cleanup takes away, and what it leaves (spec/tos/launcher.md §2). */
export function cleanupEffects({
  config,
  steps,
  phaseState,
  phaseSummary,
  jobResult,
}: ProjectReading): string[] {
  const { workspaceDir, logsDir } = config.check.config;
  const kept = "Keeps workspace/results, workspace/generated, job_input.json and the last summaries";
  if (workspaceDir !== folders.workspace || logsDir !== folders.logs)
    return [
      `Deletes run state in workspace/artifacts and logs only: the configuration's own folders (${workspaceDir}, ${logsDir}) are not cleaned`,
      kept,
    ];
  const files = [phaseSummary, phaseState, jobResult].filter(({ state }) => state !== "missing");
  const logs = steps.length === 0 ? [] : [`${steps.length} step ${steps.length === 1 ? "log" : "logs"}`];
  const gone = [...logs, ...files.map(({ path }) => path)];
  return [
    gone.length === 0 ? "Deletes nothing: there is no state of earlier runs" : `Deletes ${gone.join(", ")}`,
    kept,
  ];
}

/** What a test looks at after the run, and what would fail it as things stand (spec/tos/launcher.md §4). */
export function testEffects({ steps }: ProjectReading): string[] {
  const halted = steps.filter(({ row }) => row.stopped).map(({ row }) => row.file);
  return [
    "Then fails on deny, on fatal_error, without step logs, or on any step log with stopped=true",
    ...(halted.length === 0
      ? []
      : [`Will fail: ${halted.slice(0, 5).join(", ")} of an earlier run has stopped=true`]),
  ];
}

function limits(maxSteps: number | null, timeoutSeconds: number | null): string {
  const steps = maxSteps === null ? "" : `Goes up to step ${maxSteps}`;
  const time = timeoutSeconds === null ? "" : `each command may take ${timeoutSeconds} s`;
  return (
    [steps, time].filter((part) => part !== "").join("; ") ||
    "Its limits cannot be read from the configuration"
  );
}

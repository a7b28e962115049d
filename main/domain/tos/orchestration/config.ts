import { JsonFloat, type Json } from "../../json";
import type { ModelRole } from "#contract/tos/vocabulary";
import { configFile, ConfigReader } from "./config-reader";
import { unexpected } from "./fault";
import { readPolicy, type CommandPolicy } from "./policy";
import type { PythonNumber } from "./python-values";

/** What the job loop is set to (spec/tos/orchestrator.md §4, §10). */
export interface JobLoopConfig {
  readonly enabled: boolean;
  /** In force: 1 where the key is missing. */
  readonly maxJobs: PythonNumber;
  /** Recorded in every step log, also while the loop is off; any JSON. */
  readonly jobName: Json;
  /** As they stand in the file, null where missing: how the summary shows a loop that is off. */
  readonly statedMaxJobs: Json;
  readonly statedJobName: Json;
  /** Below the project's folder; "" for no job input. */
  readonly inputPath: string;
  readonly resultPath: string;
}

/** `config_v0_3.json` with the defaults of the reference filled in. */
export interface OrchestratorConfig extends CommandPolicy {
  /** `s5_settings.enabled`: sets three flags and prints one line, nothing else. */
  readonly experimental: boolean;
  readonly jobLoop: JobLoopConfig;
  readonly openaiModel: string;
  readonly anthropicModel: string;
  /** What `models_used` says of each role: null where the key is missing, though a default is used. */
  readonly loggedModels: Readonly<Record<ModelRole, string | null>>;
  /** Highest step number of a run. */
  readonly maxSteps: number;
  /** Attempts beyond the first, for each prompt. */
  readonly apiRetry: number;
  /** Prompts beyond the first while replies are not JSON. */
  readonly jsonRetry: number;
  readonly jsonRetryPrefix: string;
  /** Limit of an OpenAI request and of every command, in seconds; printed as it is written. */
  readonly timeoutSeconds: PythonNumber;
  /** The same for a timer. */
  readonly timeoutMs: number;
  readonly workspaceDir: string;
  readonly logsDir: string;
  readonly templates: Readonly<Record<ModelRole, string>>;
  readonly stopOnDeny: boolean;
}

/** Said before the prompt is asked again, unless the configuration has words of its own. */
const defaultJsonRetryPrefix =
  "前回の応答はJSONではありませんでした。次の形式のJSONだけを返してください。説明文は付けないでください。";

/**
 * Reads the configuration as leniently as the reference (spec/tos/orchestrator.md §4): unknown keys are ignored, all but
 * `workspace_dir` and `logs_dir` may be missing. Throws `OrchestratorFault` for a value the reference would die of; it
 * does so before the run begins, where the reference sometimes dies in its midst.
 */
export function readOrchestratorConfig(json: Json): OrchestratorConfig {
  const reader = new ConfigReader(json, "");
  const s5 = reader.object("s5_settings");
  const openaiModel = statedModel(reader, "openai_model");
  const anthropicModel = statedModel(reader, "anthropic_model");
  return {
    ...readPolicy(json),
    experimental: s5.truth("enabled", false),
    jobLoop: readJobLoop(s5.object("job_loop")),
    openaiModel: openaiModel ?? "gpt-4o-mini",
    anthropicModel: anthropicModel ?? "claude-3-5-sonnet-20241022",
    loggedModels: { draft: openaiModel, review: anthropicModel, final: openaiModel },
    maxSteps: reader.wholeNumber("max_steps", 8),
    apiRetry: reader.wholeNumber("api_retry", 2),
    jsonRetry: reader.wholeNumber("json_retry", 2),
    jsonRetryPrefix: reader.text("json_retry_prefix", defaultJsonRetryPrefix),
    ...readTimeout(reader),
    workspaceDir: reader.text("workspace_dir"),
    logsDir: reader.text("logs_dir"),
    templates: {
      draft: reader.text("draft_prompt_template", ""),
      review: reader.text("review_prompt_template", ""),
      final: reader.text("final_prompt_template", ""),
    },
    stopOnDeny: reader.object("execution_policy").truth("stop_on_deny", true),
  };
}

function statedModel(reader: ConfigReader, key: string): string | null {
  return reader.raw(key) === undefined ? null : reader.text(key);
}

function readJobLoop(loop: ConfigReader): JobLoopConfig {
  const enabled = loop.truth("enabled", false);
  return {
    enabled,
    // A loop that is off may say anything: it is not read.
    maxJobs: enabled ? loop.number("max_jobs", 1) : 1,
    jobName: loop.raw("job_name") ?? (loop.has("job_name") ? null : "default"),
    statedMaxJobs: loop.raw("max_jobs") ?? null,
    statedJobName: loop.raw("job_name") ?? null,
    inputPath: enabled ? loop.object("job_input").optionalPath("path") : "",
    resultPath: enabled
      ? loop.object("job_result").text("path", "workspace/artifacts/job_result.json")
      : "workspace/artifacts/job_result.json",
  };
}

function readTimeout(reader: ConfigReader): Pick<OrchestratorConfig, "timeoutSeconds" | "timeoutMs"> {
  const seconds = reader.number("timeout_sec", 120);
  const plain = seconds instanceof JsonFloat ? seconds.value : Number(seconds);
  if (!(plain > 0)) throw unexpected(configFile, "timeout_sec", "a number of seconds above 0", seconds);
  return { timeoutSeconds: seconds, timeoutMs: plain * 1000 };
}

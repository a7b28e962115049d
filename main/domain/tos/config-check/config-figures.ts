import { isJsonObject, type Json } from "../../json";
import { numberOf, objectOf, textOf, truthOf } from "../view/foreign";

/** What a console needs to know of a configuration, with the orchestrator's own defaults where it says nothing. */
export interface ConfigFigures {
  readonly workspaceDir: string;
  readonly logsDir: string;
  readonly maxSteps: number | null;
  readonly stopOnDeny: boolean | null;
  readonly experimental: boolean;
  readonly openaiModel: string;
  readonly anthropicModel: string;
  readonly timeoutSeconds: number | null;
  readonly jobLoop: {
    readonly enabled: boolean;
    readonly maxJobs: number;
    readonly jobName: string;
    /** Relative to the project's root; empty when no input is read. */
    readonly inputPath: string;
    readonly resultPath: string;
  };
}

/**
 * Reads what can be read of a configuration, however broken (defaults of spec/tos/orchestrator.md §4). Where the
 * orchestrator demands a folder and none is given, the shipped one stands in, so that there is something to look at.
 */
export function configFigures(document: Json | undefined): ConfigFigures {
  const config = document !== undefined && isJsonObject(document) ? document : new Map<string, Json>();
  const settings = objectOf(config.get("s5_settings"));
  const loop = objectOf(settings?.get("job_loop"));
  const policy = objectOf(config.get("execution_policy"));
  return {
    workspaceDir: textOf(config.get("workspace_dir")) ?? "workspace",
    logsDir: textOf(config.get("logs_dir")) ?? "logs",
    maxSteps: config.has("max_steps") ? numberOf(config.get("max_steps")) : 8,
    stopOnDeny:
      document === undefined
        ? null
        : policy?.has("stop_on_deny")
          ? truthOf(policy.get("stop_on_deny"))
          : true,
    experimental: truthOf(settings?.get("enabled")),
    openaiModel: textOf(config.get("openai_model")) ?? "gpt-4o-mini",
    anthropicModel: textOf(config.get("anthropic_model")) ?? "claude-3-5-sonnet-20241022",
    timeoutSeconds: config.has("timeout_sec") ? numberOf(config.get("timeout_sec")) : 120,
    jobLoop: {
      enabled: truthOf(loop?.get("enabled")),
      maxJobs: numberOf(loop?.get("max_jobs")) ?? 1,
      jobName: textOf(loop?.get("job_name")) ?? "default",
      inputPath: textOf(objectOf(loop?.get("job_input"))?.get("path")) ?? "",
      resultPath:
        textOf(objectOf(loop?.get("job_result"))?.get("path")) ?? "workspace/artifacts/job_result.json",
    },
  };
}

/** Folders below the root whose files belong to runs and not into git (spec/tos/governance.md §4, G32), with `/`. */
export function runFolders({ workspaceDir, logsDir }: ConfigFigures): string[] {
  const folders = [
    ...["generated", "results", "artifacts"].map((name) => `${workspaceDir}/${name}`),
    logsDir,
  ];
  return folders
    .map((folder) => folder.split(/[/\\]/).filter((part) => part !== "" && part !== "."))
    .filter((parts, index) => parts.length > 0 && !parts.includes("..") && !isAbsolute(folders[index] ?? ""))
    .map((parts) => parts.join("/"));
}

function isAbsolute(folder: string): boolean {
  return /^(?:[/\\]|[A-Za-z]:)/.test(folder);
}

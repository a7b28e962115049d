import { join } from "node:path";
import { BridgeError } from "#contract/envelope";
import { checkConfig } from "#domain/tos/config-check/check-config";
import { configReminders } from "#domain/tos/config-check/reminders";
import { foldRun } from "#domain/tos/runs/fold-run";
import { progressFileOf } from "#domain/tos/runs/run-files";
import { requireRunId } from "#domain/tos/runs/run-identifier";
import { stepDetail } from "#domain/tos/view/step-detail";
import type { TosDesk } from "../../host/ports";
import { operatorName } from "../../system/operator";
import { isSameProcessAlive } from "../../system/process-identity";
import { readTextFile } from "../project/read-file";
import { writeFailureReport } from "../project/write-failure-report";
import { diffCommits } from "../repository/diff-commits";
import { previewRollback, previewUndo } from "../repository/preview";
import { readProgress } from "../runs/progress-file";
import { readConfigFile } from "./config-file";
import {
  asBridgeError,
  repositoryContext,
  requireFresh,
  requireProject,
  type DeskContext,
} from "./desk-context";

type Queries = Pick<
  TosDesk,
  "progress" | "step" | "preview" | "diff" | "config" | "checkConfig" | "failureReport"
>;

/** Answers what changes nothing. */
export function createQueries(context: DeskContext): Queries {
  return {
    async progress({ runId, afterSequence, limit }) {
      requireRunId(runId);
      const { root } = (await requireProject(context)).project;
      const path = progressFileOf(runId);
      const entries = await readProgress(join(root, path), 0);
      if (entries.length === 0) throw new BridgeError("not_found", `There is no run ${runId} in ${root}.`);
      const run = foldRun(runId, path, entries, isSameProcessAlive);
      return { run, entries: entries.filter(({ sequence }) => sequence > afterSequence).slice(-limit) };
    },
    async step({ file }) {
      const { root, config } = (await requireProject(context)).reading;
      const path = join(config.check.config.logsDir, "steps", file);
      const { file: log } = await readTextFile(root, path, "kept");
      if (log.state === "missing") throw new BridgeError("not_found", `${log.path} is not there any more.`);
      return stepDetail(log);
    },
    async preview({ target, recoveryId }) {
      const { root } = (await requireProject(context)).project;
      if (target !== null && recoveryId !== null)
        throw new BridgeError("invalid_request", "tos.preview: expected target or recoveryId, found both");
      const git = repositoryContext(context, root);
      return asBridgeError(recoveryId === null ? previewRollback(git, target) : previewUndo(git, recoveryId));
    },
    async diff(input) {
      const { root } = (await requireProject(context)).project;
      return asBridgeError(diffCommits(root, input));
    },
    config: async () => readConfigFile((await requireProject(context)).project.root),
    checkConfig({ text }) {
      const reading = context.project().reading();
      if (reading === null) throw new BridgeError("unavailable", context.project().state().problem);
      return {
        problems: [...checkConfig(text).problems],
        reminders: configReminders(reading.config.file.text, text),
      };
    },
    async failureReport() {
      const { project, view, reading } = await requireFresh(context);
      const { clock, environment } = context;
      const runs = project.runs.views();
      const { repository } = view;
      return {
        text: await writeFailureReport({
          reading,
          repository,
          runs,
          operator: operatorName(),
          environment,
          clock,
        }),
      };
    },
  };
}

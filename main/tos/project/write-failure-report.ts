import { join } from "node:path";
import type { RepositoryView } from "#contract/tos/repository";
import type { TosRunView } from "#contract/tos/progress";
import type { Clock } from "#domain/clock";
import type { ProjectReading } from "#domain/tos/governance/project-reading";
import { failureReport } from "#domain/tos/view/failure-report";
import { findKey } from "../keys";
import { keyNames } from "../models/api-models";
import { keyRemover } from "../models/secrets";
import { machineFacts } from "./machine-facts";
import { readTextFile } from "./read-file";

export interface ReportRequest {
  readonly reading: ProjectReading;
  readonly repository: RepositoryView;
  /** Newest first. */
  readonly runs: readonly TosRunView[];
  readonly operator: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
}

/** The failure report of a project, filled in as far as its files and the machine tell. No key stands in it. Never rejects. */
export async function writeFailureReport(request: ReportRequest): Promise<string> {
  const { reading, environment, clock, repository, runs, operator } = request;
  const latest = reading.steps.at(-1)?.row.file;
  const folder = join(reading.config.check.config.logsDir, "steps");
  const [machine, latestStep, keys] = await Promise.all([
    machineFacts(reading.root, environment),
    latest === undefined ? null : readTextFile(reading.root, join(folder, latest), "kept"),
    Promise.all(keyNames.map((name) => findKey(name, environment))),
  ]);
  const now = Math.floor(clock.nowUnixMs());
  const text = failureReport({
    reading,
    repository,
    runs,
    now,
    reportedAt: localMinute(now),
    operator,
    machine,
    latestStep: latestStep?.file ?? null,
  });
  return keyRemover(keys.map(({ value }) => value))(text);
}

function localMinute(unixMs: number): string {
  const at = new Date(unixMs);
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

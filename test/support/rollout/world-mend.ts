import { surfaceIds, type SurfaceId } from "#contract/identity";
import type { Finding } from "#contract/rollout/verdict";
import { checklistItems } from "#domain/rollout/checklist";
import { defaultProfile } from "./judged-state";
import { sampleLogPath, samplePath } from "./observation";
import { advancing, intervalMs, type LogFile, type SurfaceFiles, type World } from "./world";

const evidence = "https://ci.example/runs/812";

/** Codes a finding says its line carries too many of. */
export function namedCodes({ observed }: Finding): string[] {
  return observed.split("this record carries ")[1]?.split(" and ") ?? [];
}

/**
 * The world with the record changed that a finding of check `check` (from 0) cites, and nothing else, so that what the finding says
 * of it is true no more. Files it does not concern are shared with the world given. A record that is missing is provided. Fails for a record that no file of the world holds.
 */
export function mended(world: World, finding: Finding, check: number): World {
  const path = finding.record?.path;
  const surface = surfaceIds.find((id) => path === sampleLogPath(id) || path === samplePath(id));
  const surfaces =
    surface === undefined
      ? world.surfaces
      : { ...world.surfaces, [surface]: copyOf(world.surfaces[surface]) };
  const changed = {
    ...world,
    surfaces,
    browser: path === samplePath("browser-automation") ? structuredClone(world.browser) : world.browser,
    items: [...world.items],
  };
  mend(changed, finding, check);
  return changed;
}

/** A copy whose records may be replaced; two checks that saw one version still do. */
function copyOf({ versions, log }: SurfaceFiles): SurfaceFiles {
  return {
    versions: structuredClone(versions),
    log: log && { ...log, lines: [...log.lines], renewed: [...log.renewed], cuts: [...log.cuts] },
  };
}

function mend(world: World, finding: Finding, check: number): void {
  const { record } = finding;
  if (record === null) throw new Error(`${finding.rule} cites no record`);
  for (const surface of surfaceIds) {
    if (record.path === sampleLogPath(surface)) return mendLog(world, surface, finding);
    if (record.path === samplePath(surface))
      return surface === "browser-automation"
        ? mendSummary(world, finding, check)
        : mendState(world, surface, finding, check);
  }
  mendRelease(world, finding, record.path);
}

function mendLog(world: World, surface: SurfaceId, finding: Finding): void {
  const { log } = world.surfaces[surface];
  if (log === null) throw new Error(`${surface} has no log to mend`);
  const line = finding.record?.line ?? null;
  if (line === null) return mendWholeLog(log, surface, finding);
  const isRenewed = finding.record?.text.includes('"cycle":"1-') ?? false;
  const kept = log.trouble === "cut-short" ? log.shortLines : 0;
  const isAppended = log.trouble === "cut-short" && line > kept;
  const lines = isRenewed || isAppended ? log.renewed : log.lines;
  const index = isAppended ? line - kept - 1 : line - 1;
  const named = namedCodes(finding);
  if (named.length === 0) throw new Error(`${finding.rule} names no code: ${finding.observed}`);
  lines[index] = (lines[index] ?? []).filter((code) => !named.includes(code));
}

/** A log as a whole: a line it lacks is appended; a log that is gone, unreadable or another comes back, grown by a cycle. */
function mendWholeLog(log: LogFile, surface: SurfaceId, { title, status, rule }: Finding): void {
  const lacking = / no (\S+) in this phase yet$/u.exec(title)?.[1];
  const isOther = log.trouble === "renewed" || log.trouble === "cut-short";
  const appended = lacking === undefined ? [...advancing[surface]] : [lacking];
  if (isOther && rule !== "R-BASELINE") {
    log.renewed.push(appended);
    return;
  }
  if (!isOther && status === "failed")
    throw new Error(`nothing is wrong with the log of ${surface}: ${title}`);
  log.trouble = "whole";
  log.lines.push(appended);
  (log.cuts as number[])[log.cuts.length - 1] = log.lines.length;
}

function mendState(world: World, surface: SurfaceId, { rule, status }: Finding, check: number): void {
  const version = world.surfaces[surface].versions[check];
  if (version === undefined) throw new Error(`${surface} has no version ${check}`);
  const writtenMs = (check + 1) * intervalMs;
  if (status !== "failed") Object.assign(version, { state: "ok", streak: 0, failed: 0, queue: 0, writtenMs });
  else if (rule === "G5" || rule === "T2") version.streak = 0;
  else if (rule === "G6") version.failed = 0;
  else if (rule === "G7") version.queue = 0;
  else Object.assign(version, { streak: 0, failed: 0 });
}

function mendSummary(world: World, finding: Finding, check: number): void {
  const { rule, status, record } = finding;
  const summary = world.browser[check];
  if (summary === undefined) throw new Error(`the browser has no summary ${check}`);
  const good = { replayStep: "success", statusCode: 200, errorCode: "" };
  const line = record?.line ?? 1;
  if (line > 1) Object.assign(summary.steps[line - 2] ?? {}, good);
  else if (rule === "G9" && status === "no-samples") summary.steps.push(good);
  else if (status !== "failed") {
    if (summary.state !== "ok") summary.steps.splice(0, summary.steps.length, good);
    Object.assign(summary, { state: "ok", retryable: 0, malformed: 0, writtenMs: (check + 1) * intervalMs });
  } else if (rule === "G8" || rule === "T3") {
    const named = namedCodes(finding);
    if (named.includes("case_processing_failed")) summary.retryable = 0;
    if (named.includes("malformed_inputs_observed")) summary.malformed = 0;
  } else summary.retryable = 0;
}

function mendRelease(world: World, { record, observed }: Finding, path: string): void {
  const paths = defaultProfile.evidence;
  if (path === paths.harnessReport) world.harnessReport = "passed";
  else if (path === paths.harnessManifest) world.harnessManifest = "good";
  else if (path === paths.ci) world.ci = { state: "ok", conclusion: "success", isOtherCommit: false };
  else if (path === paths.releaseChannel) world.show = "good";
  else if (path.endsWith("control-state.json")) world.control = "running";
  else if (path.includes("/effects/")) world.hook = "done";
  else if (path === paths.checklist) {
    const signedOff = () => ({ checked: true, evidence: [evidence] });
    const missing = checklistItems.findIndex(({ id }) => observed === `no item ${id}`);
    const index = record?.line === null ? missing : (record?.line ?? 0) - 3;
    if (index >= 0) world.items[index] = signedOff();
    else {
      world.checklist = "ok";
      world.items.splice(0, world.items.length, ...checklistItems.map(signedOff));
    }
  } else throw new Error(`no file of the world is ${path}`);
}

/** Whether a finding about a figure of a state file is still true of it: what the rule reads, in the test's own words. */
export function isStillTrue({ rule }: Finding, surface: SurfaceId, world: World, check: number): boolean {
  const version =
    surface === "browser-automation"
      ? {
          streak: world.browser[check]?.retryable ?? 0,
          failed: world.browser[check]?.retryable ?? 0,
          queue: 0,
        }
      : world.surfaces[surface].versions[check];
  if (version === undefined) return false;
  if (rule === "G5" || (rule === "T2" && surface === "browser-automation")) return version.streak > 0;
  if (rule === "T2") return version.streak > 2;
  if (rule === "G6" || rule === "G11") return version.failed > 0;
  if (rule === "G7") return version.queue > 1;
  if (rule === "G8" || rule === "T3") return version.failed > 0 || (world.browser[check]?.malformed ?? 0) > 0;
  return version.streak > 0 || version.failed > 0;
}

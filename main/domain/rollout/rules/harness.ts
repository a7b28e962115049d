import type { Candidate } from "#contract/rollout/command";
import type { HarnessEvidence } from "#contract/rollout/observation";
import type { EvidencePaths } from "#contract/rollout/profile";
import { describeSpan } from "../../freshness";
import { releaseRule, wholeFile, type Reason } from "./cell";

const harnessSurfaces = ["voice", "browser", "dashboard", "custom-command", "memory"] as const;
const command = "./scripts/demo/live-run-unified.sh --skip-build --timeout-seconds 180";
const remedy = `Run ${command} for this candidate until all five surfaces pass.`;
const expectedReport = `total=5 passed=5 failed=0, of ${harnessSurfaces.join(", ")}`;
const expectedManifest =
  "all five surfaces run with --skip-build --timeout-seconds 180, after the candidate was made";

/** Whether a run was begun before the candidate was made, or nobody can say: then it is no evidence of it. */
export function isOfOtherCandidate(
  { startedUnixMs }: HarnessEvidence,
  { createdUnixMs }: Candidate,
): boolean {
  return startedUnixMs === null || startedUnixMs < createdUnixMs;
}

/** The report's figures in the words of the harness's own summary line. */
export function describeReport({ overall, surfaceIds }: HarnessEvidence): string {
  if (overall === null) return "no overall result";
  const { status, total_surfaces: total, passed_surfaces: passed, failed_surfaces: failed } = overall;
  return `status=${status} total=${total} passed=${passed} failed=${failed}, of ${surfaceIds.join(", ") || "no surface"}`;
}

function hasExpectedCommand(words: readonly string[]): boolean {
  const timeout = words.indexOf("--timeout-seconds");
  return words.includes("--skip-build") && timeout >= 0 && words[timeout + 1] === "180";
}

function isComplete(ids: readonly string[]): boolean {
  return ids.length === harnessSurfaces.length && harnessSurfaces.every((id) => ids.includes(id));
}

/** Why the report does not say what it must; null when it does. */
function reportReason(harness: HarnessEvidence): Reason | null {
  const { status, problem, path, overall, surfaceIds } = harness;
  const record = harness.reportRecord ?? wholeFile(path);
  const observed = describeReport(harness);
  if (status !== "ok")
    return {
      status,
      title: status === "missing" ? "There is no harness report" : "The harness report cannot be read",
      expected: expectedReport,
      observed:
        problem === "" ? `${path} ${status === "missing" ? "does not exist" : "cannot be used"}` : problem,
      remedy,
      record,
    };
  const hasPassed =
    overall?.status === "passed" &&
    overall.total_surfaces === 5 &&
    overall.passed_surfaces === 5 &&
    overall.failed_surfaces === 0;
  if (hasPassed && isComplete(surfaceIds)) return null;
  return {
    status: "failed",
    title: "The harness did not pass on all five surfaces",
    expected: expectedReport,
    observed,
    remedy,
    record,
  };
}

/** Why the manifest does not show how and when the run was made; null when it does. */
function manifestReason(harness: HarnessEvidence, candidate: Candidate, paths: EvidencePaths): Reason | null {
  const { manifestProblem, commands, startedUnixMs } = harness;
  const record = harness.manifestRecord ?? wholeFile(paths.harnessManifest);
  const reason = (status: Reason["status"], title: string, observed: string): Reason => ({
    status,
    title,
    expected: expectedManifest,
    observed,
    remedy,
    record,
  });
  if (manifestProblem !== "")
    return reason("missing", "There is no harness manifest that can be used", manifestProblem);
  const wrong = commands.filter(({ command: words }) => !hasExpectedCommand(words));
  const isWhole = isComplete(commands.map(({ surfaceId }) => surfaceId));
  const age =
    startedUnixMs === null
      ? "it does not say when it began"
      : `begun ${describeSpan(candidate.createdUnixMs - startedUnixMs)} before the candidate was made`;
  const isOld = isOfOtherCandidate(harness, candidate);
  const parts = [
    ...wrong.map(({ surfaceId, command: words }) => `${surfaceId}: ${words.join(" ")}`),
    ...(isWhole
      ? []
      : [`commands of ${commands.map(({ surfaceId }) => surfaceId).join(", ") || "no surface"}`]),
    ...(isOld ? [age] : []),
  ];
  if (wrong.length > 0 || !isWhole)
    return reason("failed", "The harness was not run as the contract asks", parts.join("; "));
  return isOld ? reason("stale", "The harness run is of another candidate", parts.join("; ")) : null;
}

/**
 * G1: one whole harness run of this candidate passed (seed 003, preflight; spec/tau/rollout.md §3, §7 rows 15 and 16:
 * judged by the files, not by the line it prints).
 */
export const harnessRule = releaseRule("G1", ({ state, observation: { harness } }) => ({
  expected: expectedReport,
  observed: describeReport(harness),
  record: harness.reportRecord ?? wholeFile(harness.path),
  reasons: [reportReason(harness), manifestReason(harness, state.candidate, state.profile.evidence)].filter(
    (reason) => reason !== null,
  ),
}));

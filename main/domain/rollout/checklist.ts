/** One item of the release sign-off checklist (spec/tau/live-run.md §6). */
export interface ChecklistItem {
  readonly id: string;
  readonly section: string;
  readonly title: string;
  /** Evidence accepted besides a CI URL and a repository artifact path. */
  readonly alsoAccepts: readonly ("release-channel-line" | "acknowledged-link")[];
}

const item = (
  id: string,
  section: string,
  title: string,
  alsoAccepts: ChecklistItem["alsoAccepts"] = [],
): ChecklistItem => ({ id, section, title, alsoAccepts });

const preflight = "1 Preflight (0%)";
const canary = "2 Canary phases";
const rollback = "3 Rollback readiness";
const verification = "4 Surface verification";
const availability = "5 General availability (100%)";

/** The sixteen items in the order of the template; every one needs at least one piece of evidence. */
export const checklistItems: readonly ChecklistItem[] = [
  item("harness-passed", preflight, "Unified harness passed"),
  item("ci-matrix-passed", preflight, "CI live-smoke matrix passed for all five surfaces"),
  item("rollback-target-captured", preflight, "Rollback target captured from /release-channel show", [
    "release-channel-line",
  ]),
  item("canary-1-soaked", canary, "5% for 30 min with healthy thresholds"),
  item("canary-2-soaked", canary, "25% for 60 min with healthy thresholds"),
  item("canary-3-soaked", canary, "50% for 120 min with healthy thresholds"),
  item("trigger-matrix-reviewed", rollback, "Rollback trigger matrix reviewed", ["acknowledged-link"]),
  item("rollback-rehearsed", rollback, "Rollback command rehearsal executed"),
  item("voice-verified", verification, "Voice verified"),
  item("browser-verified", verification, "Browser live summary and timeline verified"),
  item("dashboard-verified", verification, "Dashboard verified"),
  item("custom-command-verified", verification, "Custom command verified"),
  item("memory-verified", verification, "Memory verified"),
  item("post-promotion-monitored", availability, "24 h post-promotion monitor completed"),
  item("no-unresolved-triggers", availability, "No unresolved rollback triggers"),
  item("final-approval", availability, "Final approver sign-off", ["acknowledged-link"]),
];

/** A web address that leads to something: a bare host shows nobody a run, a job or an artifact. */
const urlPattern = /^https?:\/\/[^\s/?#]+\/[^\s/][^\s]*$/u;
/** A path inside the repository: relative, no step upwards, and either in a folder or a file with an extension. */
const pathPattern = /^(?:\.\/)?(?!\/)(?:[\w.@+-]+\/)*[\w.@+-]+\/?$/u;

function isArtifactPath(text: string): boolean {
  if (!pathPattern.test(text)) return false;
  const steps = text.replace(/^\.\//u, "").split("/");
  if (steps.some((step) => step === ".." || step === ".")) return false;
  return steps.length > 1 || /[^.]\.[a-z][\w]*$/iu.test(text);
}

const isLink = (text: string): boolean => urlPattern.test(text) || isArtifactPath(text);

/**
 * Whether a piece of evidence proves anything (spec/tau/live-run.md §6): a CI URL or a repository artifact path; for
 * some items also the line `/release-channel show` printed, or a link followed by an acknowledgement. `TBD`, blank and
 * "see logs" are none of these.
 */
export function isValidEvidence(evidence: string, checklistItem: ChecklistItem): boolean {
  const text = evidence.trim();
  if (isLink(text)) return true;
  if (checklistItem.alsoAccepts.includes("acknowledged-link") && isLink(text.split(/\s+/u)[0] ?? ""))
    return true;
  return (
    checklistItem.alsoAccepts.includes("release-channel-line") &&
    /^release channel: .*\brollback_version=(?!none\b)\S+/u.test(text)
  );
}

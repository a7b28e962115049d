import type { GovernanceFinding } from "#contract/tos/governance";
import { checkpointStanding, short } from "../checkpoint-standing";
import { finding, keptUnless, momentOf, type ProjectFacts } from "../finding";

/** Rules whose breach is a departure from the canonical context (spec/tos/governance.md §2 G02). */
const canonicalRules: ReadonlySet<string> = new Set(["G20", "G21", "G23", "G24", "G27"]);

/** S-6 start conditions but the second (spec/tos/governance.md §2). */
export function startConditions({ reading, repository, now }: ProjectFacts): GovernanceFinding[] {
  const standing = checkpointStanding(repository);
  const kept = standing.missing.length === 0;
  return [
    finding(
      "G01",
      keptUnless(
        reading.closeoutPresent ? [] : ["docs/s5_closeout.md: expected the closeout of S-5, found no file"],
      ),
    ),
    runbookRead(reading.acknowledged),
    keys(reading),
    finding("G05", {
      status: kept ? "kept" : "broken",
      details: [
        ...(kept ? lastMade(repository, now) : standing.missing),
        ...(standing.surprise === "" ? [] : [standing.surprise]),
      ],
    }),
  ];
}

function lastMade({ head }: ProjectFacts["repository"], now: number): string[] {
  if (head === null) return [];
  const days = Math.floor(Math.max(0, now - head.unixMs) / 86_400_000);
  const age = days === 0 ? "less than a day ago" : days === 1 ? "a day ago" : `${days} days ago`;
  return [`HEAD is ${short(head.hash)} "${head.subject}", made ${age}`];
}

/** S-6 start condition 2: every rule of the canonical context is kept. */
export function canonicalContext(findings: readonly GovernanceFinding[]): GovernanceFinding {
  const failing = findings.filter(
    ({ rule, status }) => canonicalRules.has(rule) && (status === "broken" || status === "unknown"),
  );
  const details = failing.map(
    ({ rule, title, details: [first] }) => `${rule} ${title}: ${first ?? "not kept"}`,
  );
  const onlyUnknown = failing.length > 0 && failing.every(({ status }) => status === "unknown");
  return finding("G02", onlyUnknown ? { status: "unknown", details } : keptUnless(details));
}

function runbookRead(acknowledged: ProjectFacts["reading"]["acknowledged"]): GovernanceFinding {
  const last = acknowledged.findLast(({ rule }) => rule === "G03");
  if (last === undefined)
    return finding("G03", {
      status: "person",
      details: [
        "expected an operator to have confirmed that they have read and understood the runbook; nobody has",
      ],
    });
  return finding("G03", {
    status: "kept",
    details: [`${last.operator} confirmed it on ${momentOf(last.unixMs)}`],
  });
}

function keys({ keys: found }: ProjectFacts["reading"]): GovernanceFinding {
  if (found.every(({ source }) => source === "not-needed"))
    return finding("G04", { status: "not-applicable", details: ["the scripted provider needs no key"] });
  return finding(
    "G04",
    keptUnless(
      found
        .filter(({ source }) => source === "missing")
        .map(
          ({ name }) => `${name}: expected a value in the environment or in the system's keyring, found none`,
        ),
    ),
  );
}

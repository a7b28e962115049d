import type { RequestOutput } from "#contract/requests";
import { type Candidate, candidateSchema } from "#contract/rollout/command";
import { UsageError } from "../../failure";
import type { ParsedFlags } from "../../flags/parse";
import { invalidFlag } from "./arguments";

const flagNames = {
  version: "candidate-version",
  commit: "candidate-commit",
  createdUnixMs: "candidate-created",
} as const satisfies Record<keyof Candidate, string>;

/** Where a workspace proposes its candidate. */
const candidateFile = ".gatehouse/evidence/candidate.json";

/** Milliseconds of 2001-09-09: a smaller number was meant as seconds. */
const leastUnixMs = 1_000_000_000_000;

const isoTime =
  /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** Reads a moment given as ISO 8601 with a zone or as Unix milliseconds. Throws a `UsageError` naming the flag. */
export function parseMoment(text: string, flag: string): number {
  const expectation = "expected ISO 8601 with a zone, such as 2026-11-21T05:00:00Z, or Unix milliseconds";
  const refused = new UsageError(`invalid value '${text}' for '--${flag} <TEXT>': ${expectation}`);
  if (/^\d+$/.test(text)) {
    const unixMs = Number(text);
    if (unixMs < leastUnixMs || !Number.isSafeInteger(unixMs)) throw refused;
    return unixMs;
  }
  const match = isoTime.exec(text);
  if (match === null) throw refused;
  const [year, month, day] = match.slice(1, 4).map(Number) as [number, number, number];
  // A day that its month does not have would otherwise become one of the next month.
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) throw refused;
  return Date.parse(text);
}

/**
 * The candidate to start with: each value from its flag, else from what the workspace proposes. Throws a `UsageError`
 * naming the flag that is missing or wrong.
 */
export function readCandidate(
  flags: ParsedFlags,
  { candidate: proposed, problems }: Pick<RequestOutput<"rollout.profiles">, "candidate" | "problems">,
): Candidate {
  const created = flags.optionalText(flagNames.createdUnixMs);
  const candidate = {
    version: flags.optionalText(flagNames.version) ?? proposed?.version,
    commit: flags.optionalText(flagNames.commit) ?? proposed?.commit,
    createdUnixMs:
      created === undefined ? proposed?.createdUnixMs : parseMoment(created, flagNames.createdUnixMs),
  };
  const missing = (Object.keys(flagNames) as (keyof Candidate)[]).find((key) => candidate[key] === undefined);
  if (missing !== undefined) {
    const problem = problems.find((line) => line.startsWith(candidateFile));
    throw new UsageError(
      `the argument '--${flagNames[missing]} <TEXT>' is required: ${problem ?? `${candidateFile} proposes none`}`,
    );
  }
  const parsed = candidateSchema.safeParse(candidate);
  if (!parsed.success) throw invalidFlag(parsed.error, flagNames);
  return parsed.data;
}

import { surfaceIds } from "#contract/identity";
import type { FlagDefinition } from "../../flags/definition";

const workspace: FlagDefinition = {
  name: "workspace",
  kind: "path",
  fallback: ".",
  help: "Checkout whose rollouts are meant",
};
const json: FlagDefinition = { name: "json", kind: "boolean", fallback: "false", help: "As JSON" };
const rollout: FlagDefinition = {
  name: "rollout",
  kind: "text",
  help: "Identifier of the rollout; the newest when not given",
};
const reason: FlagDefinition = { name: "reason", kind: "text", help: "Why, for the journal; required" };
const revision: FlagDefinition = {
  name: "revision",
  kind: "count",
  help: "State it was decided on; refused when it has changed. The present one when not given",
};

const everywhere = [workspace, json];
const deciding = [rollout, reason, revision, ...everywhere];

const start: readonly FlagDefinition[] = [
  { name: "candidate-version", kind: "text", help: "Version that is rolled out" },
  { name: "candidate-commit", kind: "text", help: "Its release commit, 7 to 64 hexadecimal digits" },
  {
    name: "candidate-created",
    kind: "text",
    help: "Since when it exists: ISO 8601 with a zone, or Unix milliseconds; older evidence is of another",
  },
  { name: "profile", kind: "text", fallback: "default", help: "Phases, soaks and gates to go through" },
  reason,
  ...everywhere,
];

const promote: readonly FlagDefinition[] = [
  ...deciding,
  {
    name: "freeze-override-reason",
    kind: "text",
    help: "Why it may be promoted inside a freeze window; required there",
  },
];

const rebaseline: readonly FlagDefinition[] = [
  { name: "surface", kind: "choice", choices: surfaceIds, help: "Surface whose log was replaced; required" },
  ...deciding,
];

const history: readonly FlagDefinition[] = [
  { name: "limit", kind: "positive", fallback: "20", help: "Most rollouts to list, at most 2000" },
  { name: "offset", kind: "count", fallback: "0", help: "Newest rollouts to leave out" },
  ...everywhere,
];

const timeline: readonly FlagDefinition[] = [
  rollout,
  { name: "limit", kind: "positive", fallback: "50", help: "Most entries to list, at most 500" },
  { name: "before", kind: "positive", help: "Only entries before this sequence number" },
  {
    name: "notable",
    kind: "boolean",
    fallback: "false",
    help: "Leave out checks that changed nothing",
  },
  ...everywhere,
];

/** Flags of each `gatehouse rollout` command, in the order help shows them. */
export const rolloutFlags = {
  start,
  status: [rollout, ...everywhere],
  check: [rollout, ...everywhere],
  pause: deciding,
  resume: deciding,
  promote,
  abort: deciding,
  rollback: deciding,
  rebaseline,
  "retry-hook": deciding,
  history,
  timeline,
} as const satisfies Readonly<Record<string, readonly FlagDefinition[]>>;

export type RolloutCommandLine = keyof typeof rolloutFlags;

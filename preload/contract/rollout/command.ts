import { z } from "../schema";
import { countSchema, surfaceIdSchema, unixMillisecondsSchema } from "../identity";

/** What is being rolled out. */
export const candidateSchema = z.strictObject({
  version: z.string().trim().min(1).max(100),
  /** Release commit, as CI names it. */
  commit: z
    .string()
    .regex(/^[0-9a-f]{7,64}$/, "expected a git commit hash, 7 to 64 lower-case hexadecimal digits"),
  /** Evidence from before this moment is of another candidate. */
  createdUnixMs: unixMillisecondsSchema,
});
export type Candidate = z.infer<typeof candidateSchema>;

const reasonSchema = z.string().trim().min(1, "expected a reason").max(500);
const identifierSchema = z.string().min(1).max(100);

export const startRolloutSchema = z.strictObject({
  candidate: candidateSchema,
  profileId: z.string().min(1).max(64),
  reason: reasonSchema,
});
export type StartRollout = z.infer<typeof startRolloutSchema>;

/** Every command names the rollout and the revision it was decided on: it is refused once another one is in force. */
const decided = { rolloutId: identifierSchema, revision: countSchema, reason: reasonSchema };

export const rolloutCommandSchema = z.discriminatedUnion("command", [
  /** Takes a check now; needs no revision, for it decides nothing by itself. */
  z.strictObject({ command: z.literal("check"), rolloutId: identifierSchema }),
  z.strictObject({ command: z.literal("pause"), ...decided }),
  z.strictObject({ command: z.literal("resume"), ...decided }),
  z.strictObject({
    command: z.literal("promote"),
    ...decided,
    /** Needed inside a freeze window, and recorded with the promotion. */
    freezeOverrideReason: reasonSchema.nullable().default(null),
  }),
  z.strictObject({ command: z.literal("abort"), ...decided }),
  z.strictObject({ command: z.literal("rollback"), ...decided }),
  /** Takes a new baseline for a surface whose log was truncated, rotated or replaced (spec/tau/rollout.md §7 row 11). */
  z.strictObject({ command: z.literal("rebaseline"), ...decided, surface: surfaceIdSchema }),
  /** Runs the percent hook again after it failed for good. */
  z.strictObject({ command: z.literal("retry-hook"), ...decided }),
]);
export type RolloutCommand = z.infer<typeof rolloutCommandSchema>;
export type RolloutCommandName = RolloutCommand["command"];

/** Why a command was refused. */
export const refusalCodes = [
  "state-changed",
  "rollout-active",
  "rollout-ended",
  "not-latest",
  "unknown-profile",
  "invalid-profile",
  "paused",
  "not-paused",
  "gates-hold",
  "soak-incomplete",
  "no-check",
  "evidence-old",
  "freeze-window",
  "check-too-soon",
  "hook-not-done",
  "nothing-to-do",
  "journal-broken",
  "read-only",
] as const;
export const refusalSchema = z.object({
  code: z.enum(refusalCodes),
  /** One sentence: what was refused and why. */
  message: z.string(),
  /** What stands in the way, one line each. */
  details: z.array(z.string()),
});
export type Refusal = z.infer<typeof refusalSchema>;

/** Who acted: the account the program runs as, or the profile's automatic promotion. */
export const actorSchema = z.object({ kind: z.enum(["operator", "automatic"]), name: z.string() });
export type Actor = z.infer<typeof actorSchema>;

import { z } from "../schema";
import { countSchema, unixMillisecondsSchema } from "../identity";
import { governanceRuleIdSchema, modelRoleSchema, stepStageSchema, tosOperationSchema } from "./vocabulary";

/** A rule an operator knew of and went on in spite of. */
export const acknowledgementSchema = z.strictObject({
  rule: governanceRuleIdSchema,
  reason: z.string().trim().min(1, "expected a reason").max(500),
});
export type Acknowledgement = z.infer<typeof acknowledgementSchema>;

/** One command as the policy judged it (spec/tos/orchestrator.md §8). */
export const judgedCommandSchema = z.object({
  index: countSchema,
  type: z.string(),
  /** First 500 characters. */
  code: z.string(),
  allowed: z.boolean(),
  reason: z.string(),
  matched: z.string().nullable(),
});
export type JudgedCommand = z.infer<typeof judgedCommandSchema>;

const stepSchema = countSchema;

/**
 * What a run reports of itself while it runs. One line each of `.gatehouse/tos/runs/<runId>.jsonl`, on disk before
 * anybody is told, so that a window sees the runs of the command line too, and a killed run leaves its story.
 */
export const progressEventSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("started"),
    operation: tosOperationSchema,
    clean: z.boolean(),
    /** Process that does it; with its start time, where the system tells, it cannot be mistaken for a later one. */
    pid: z.number().int().positive(),
    startTime: z.string().nullable(),
    operator: z.string(),
    from: z.enum(["window", "command line"]),
    reason: z.string(),
    acknowledgements: z.array(acknowledgementSchema),
    /** Name of the checkpoint, target of the rollback; empty otherwise. */
    subject: z.string(),
  }),
  /** One line as the launcher prints it. */
  z.object({ kind: z.literal("line"), stream: z.enum(["stdout", "stderr"]), text: z.string() }),
  z.object({ kind: z.literal("step-started"), step: stepSchema, maximumSteps: z.number() }),
  z.object({ kind: z.literal("stage-started"), step: stepSchema, stage: stepStageSchema }),
  z.object({
    kind: z.literal("model-called"),
    step: stepSchema,
    role: modelRoleSchema,
    provider: z.string(),
    model: z.string(),
    /** 1-based, and of how many; a reply that is not JSON begins a new prompt with attempts of its own. */
    prompt: countSchema,
    attempt: countSchema,
    attempts: countSchema,
  }),
  z.object({
    kind: z.literal("model-failed"),
    step: stepSchema,
    role: modelRoleSchema,
    detail: z.string(),
    /** Wait before the next attempt; null when it was the last. */
    retryAfterMs: countSchema.nullable(),
  }),
  z.object({ kind: z.literal("commands-judged"), step: stepSchema, commands: z.array(judgedCommandSchema) }),
  z.object({
    kind: z.literal("command-started"),
    step: stepSchema,
    index: countSchema,
    type: z.string(),
    code: z.string(),
    pid: z.number().int().nullable(),
    startTime: z.string().nullable(),
  }),
  z.object({
    kind: z.literal("command-output"),
    step: stepSchema,
    index: countSchema,
    stream: z.enum(["stdout", "stderr"]),
    text: z.string(),
  }),
  z.object({
    kind: z.literal("command-ended"),
    step: stepSchema,
    index: countSchema,
    outcome: z.enum(["exited", "timed-out", "cancelled", "not-started", "unreadable-output"]),
    returnCode: z.number().int().nullable(),
    detail: z.string(),
    /** Output that was printed and is not kept. */
    droppedBytes: countSchema,
  }),
  /** A file of the contract was written. */
  z.object({ kind: z.literal("file-written"), path: z.string() }),
  z.object({ kind: z.literal("cancelling"), operator: z.string(), reason: z.string() }),
  /** A git command is about to run. */
  z.object({ kind: z.literal("git"), command: z.string() }),
  /** What would be lost is safe now. */
  z.object({ kind: z.literal("recovery-kept"), recoveryId: z.string(), ref: z.string() }),
  z.object({
    kind: z.literal("ended"),
    exitCode: z.number().int(),
    /** `end_reason` of the run, or what the operation came to. */
    endReason: z.string(),
  }),
]);
export type ProgressEvent = z.infer<typeof progressEventSchema>;

export const progressEntrySchema = z.object({
  sequence: countSchema,
  unixMs: unixMillisecondsSchema,
  event: progressEventSchema,
});
export type ProgressEntry = z.infer<typeof progressEntrySchema>;

/** A run, folded from its progress. */
export const tosRunViewSchema = z.object({
  runId: z.string(),
  operation: tosOperationSchema,
  clean: z.boolean(),
  subject: z.string(),
  startedUnixMs: unixMillisecondsSchema,
  operator: z.string(),
  from: z.enum(["window", "command line"]),
  reason: z.string(),
  acknowledgements: z.array(acknowledgementSchema),
  /** `vanished`: its process is gone and it never said that it ended. */
  state: z.enum(["running", "cancelling", "ended", "vanished"]),
  endedUnixMs: unixMillisecondsSchema.nullable(),
  exitCode: z.number().int().nullable(),
  endReason: z.string(),
  /** Where it is, while it runs. */
  step: countSchema.nullable(),
  maximumSteps: z.number().nullable(),
  stage: stepStageSchema.nullable(),
  /** In words, for example `review: waiting 2 s before attempt 3 of 3`. */
  doing: z.string(),
  cancellable: z.boolean(),
  /** The progress file; its entries are fetched with `tos.progress`. */
  path: z.string(),
  entries: countSchema,
});
export type TosRunView = z.infer<typeof tosRunViewSchema>;

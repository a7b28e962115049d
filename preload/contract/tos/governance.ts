import { z } from "../schema";
import { recordReferenceSchema } from "../reading";
import { governanceClassSchema, governanceRuleIdSchema } from "./vocabulary";

/** One rule, and how things stand with it (spec/tos/governance.md). */
export const governanceFindingSchema = z.object({
  rule: governanceRuleIdSchema,
  class: governanceClassSchema,
  title: z.string(),
  /** Where the rule stands, for example `seed 004, S-6 運用開始条件 5; governance.md G05`. */
  source: z.string(),
  /** `unknown`: could not be decided; it says why and counts as not kept. */
  status: z.enum(["kept", "broken", "not-applicable", "unknown", "person"]),
  /** What was found, one line each: the file, the field and what was expected. */
  details: z.array(z.string()),
  record: recordReferenceSchema.nullable(),
});
export type GovernanceFinding = z.infer<typeof governanceFindingSchema>;

/** A condition under which the documents say to stop at once, or how a state is to be read (governance.md §6). */
export const reactionSchema = z.object({
  /** Gravest first. */
  gravity: z.enum(["stop", "attention", "normal"]),
  title: z.string(),
  guidance: z.string(),
  source: z.string(),
  /** Suggested escalation level (governance.md §7); null where none applies. */
  level: z.number().int().min(1).max(3).nullable(),
  record: recordReferenceSchema.nullable(),
});
export type Reaction = z.infer<typeof reactionSchema>;

import { z } from "../schema";
import { acknowledgementSchema } from "./progress";

const reasonSchema = z.string().trim().min(1, "expected a reason").max(500);
const acknowledgementsSchema = z.array(acknowledgementSchema).max(50).default([]);
const asked = { acknowledgements: acknowledgementsSchema };

/** Name of a checkpoint: the commit's message is `CHECKPOINT <name>`. */
export const checkpointNameSchema = z
  .string()
  .trim()
  .min(1, "expected a name")
  .max(200)
  // oxlint-disable-next-line no-control-regex -- a line break would make a message of several lines.
  .regex(/^[^\u0000-\u001f\u007f]*$/, "expected one line without control characters");

/** Hash, branch or tag; never something git could take for an option. */
export const commitNameSchema = z
  .string()
  .trim()
  .min(1, "expected a commit")
  .max(200)
  .regex(/^[^-\s][^\s]*$/, 'expected a commit hash, branch or tag that does not begin with "-"');

/** What a window can ask to be done. Each is carried out by a process of its own and reports in its progress file. */
export const tosLaunchSchema = z.discriminatedUnion("operation", [
  z.strictObject({
    operation: z.enum(["run", "test", "cleanrun"]),
    clean: z.boolean().default(false),
    reason: z.string().trim().max(500).default(""),
    ...asked,
  }),
  z.strictObject({
    operation: z.literal("checkpoint"),
    name: checkpointNameSchema,
    reason: z.string().trim().max(500).default(""),
    ...asked,
  }),
  /** Refused unless what `previewId` names is still what would happen. */
  z.strictObject({
    operation: z.literal("rollback"),
    target: commitNameSchema.nullable(),
    previewId: z.string().min(1).max(100),
    reason: reasonSchema,
    ...asked,
  }),
  z.strictObject({
    operation: z.literal("undo"),
    recoveryId: z.string().min(1).max(100),
    previewId: z.string().min(1).max(100),
    reason: reasonSchema,
    ...asked,
  }),
  /** Carries a rollback that was cut off to its end. */
  z.strictObject({
    operation: z.literal("finish"),
    recoveryId: z.string().min(1).max(100),
    reason: reasonSchema,
    ...asked,
  }),
  /** Makes the working tree clean, keeping what was in it: as a stash, or (discarded) in a recovery ref. */
  z.strictObject({
    operation: z.enum(["stash", "discard"]),
    treeDigest: z.string().min(1).max(100),
    reason: reasonSchema,
    ...asked,
  }),
]);
export type TosLaunch = z.infer<typeof tosLaunchSchema>;

export const saveConfigSchema = z.strictObject({
  text: z.string().max(1_048_576),
  /** Digest of the text the edit began from; refused when the file has changed since. */
  baseDigest: z.string().min(1).max(100),
  /** What was changed and why (governance: a value change is noted). */
  reason: reasonSchema,
  ...asked,
});

import { z } from "zod";

/** One attempt to run the percent hook, as the console hands it to the process that performs it. */
export const hookPlanSchema = z.strictObject({
  /** File of the attempt (see `attemptPath`). */
  path: z.string().min(1),
  effectId: z.string().min(1),
  attempt: z.number().int().positive(),
  program: z.string().min(1),
  args: z.array(z.string()),
  /** Absolute. */
  directory: z.string().min(1),
  timeoutMs: z.number().int().positive(),
  /** What the hook gets in its environment besides the console's own. */
  environment: z.record(z.string(), z.string()),
});
export type HookPlan = z.infer<typeof hookPlanSchema>;

import { z } from "zod";

/** Who asked a run to end, and why. */
export const cancelRequestSchema = z.strictObject({
  operator: z.string().min(1).max(200),
  reason: z.string().trim().min(1).max(500),
});
export type CancelRequest = z.infer<typeof cancelRequestSchema>;

/** What is asked of a run that a signal ended without anybody leaving a reason. */
export function interruptedBy(signal: string, operator: string): CancelRequest {
  return { operator, reason: `interrupted by ${signal}` };
}

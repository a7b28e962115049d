import { z } from "zod";
import { isBlank } from "../text";
import type { BrowserErrorReason } from "./error-codes";

/** What `execute-action` is asked to do (spec/tau/live-run.md §4); counts are 1 or more, times are milliseconds. */
export const executorRequestSchema = z.object({
  operation: z.string(),
  action: z.string().default(""),
  url: z.string().default(""),
  selector: z.string().default(""),
  text: z.string().default(""),
  action_repeat_count: z.number().int().min(1).default(1),
  timeout_ms: z.number().int().min(1).default(5_000),
});
export type ExecutorRequest = z.infer<typeof executorRequestSchema>;

/** Why an executor does not do as it is asked: the reason decides status and error code, the detail is for people. */
export interface Refusal {
  readonly reason: BrowserErrorReason;
  readonly detail: string;
}

const schemes = ["http://", "https://", "file://"] as const;

/**
 * Refuses what no page can answer, before a browser is asked (spec/tau/surfaces.md §8); null when it may be tried.
 * `file://` is allowed beside the web's schemes because the reference's own live fixture opens a local page.
 */
export function refuseRequest(request: ExecutorRequest): Refusal | null {
  switch (request.operation) {
    case "navigate":
      return schemes.some((scheme) => request.url.startsWith(scheme))
        ? null
        : { reason: "invalid_url", detail: `expected ${schemes.join(", ")}…, found '${request.url}'` };
    case "snapshot":
      return null;
    case "action":
      return refuseAction(request);
    default:
      return {
        reason: "invalid_operation",
        detail: `expected navigate, snapshot or action, found '${request.operation}'`,
      };
  }
}

function refuseAction(request: ExecutorRequest): Refusal | null {
  if (!["click", "type", "wait"].includes(request.action))
    return { reason: "invalid_action", detail: `expected click, type or wait, found '${request.action}'` };
  if (isBlank(request.selector))
    return { reason: "invalid_selector", detail: "expected a selector, found blank text" };
  if (request.action === "type" && isBlank(request.text))
    return { reason: "invalid_input", detail: "expected text to type, found blank text" };
  return null;
}

import { rejected, retryable, type ResponseEvaluation } from "../cycle/response";
import { browserErrorCodes, type BrowserCase } from "../surfaces/browser-automation/contract";
import type { BrowserPolicy } from "../surfaces/browser-automation/evaluate";
import { noArtifacts, type ActionResult } from "./action-result";

/**
 * What the policy answers in the browser's place, or null when the case may go to the browser. First match wins
 * (spec/tau/live-run.md §4): too many repeats, an unsafe operation, a longer wait than is allowed.
 */
export function applyLivePolicy(item: BrowserCase, policy: BrowserPolicy): ActionResult | null {
  const evaluation = denial(item, policy);
  return evaluation === null ? null : { ...evaluation, artifacts: noArtifacts };
}

function denial(item: BrowserCase, policy: BrowserPolicy): ResponseEvaluation | null {
  const isAction = item.operation === "action";
  if (isAction && item.repeatCount > policy.maxActionsPerCase)
    return rejected(429, browserErrorCodes.actionLimitExceeded, "action_limit_exceeded");
  if (item.unsafeOperation && !policy.allowUnsafeActions)
    return rejected(403, browserErrorCodes.unsafeOperation, "unsafe_operation");
  // Longer than any action may take: known without asking the browser.
  if (isAction && item.timeoutMs > policy.actionTimeoutMs)
    return retryable(504, browserErrorCodes.timeout, "timeout");
  return null;
}

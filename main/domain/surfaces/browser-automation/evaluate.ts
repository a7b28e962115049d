import { accepted, rejected, retryable, type ResponseEvaluation } from "../../cycle/response";
import { jsonObject } from "../../json";
import { isBlank, trimText } from "../../text";
import { browserErrorCodes, isSupportedAction, isSupportedOperation, type BrowserCase } from "./contract";

/** What a browser case may do; the timeout is in milliseconds. */
export interface BrowserPolicy {
  readonly actionTimeoutMs: number;
  readonly maxActionsPerCase: number;
  readonly allowUnsafeActions: boolean;
}

/** The reference's defaults (spec/tau/surfaces.md §3). */
export const defaultBrowserPolicy: BrowserPolicy = {
  actionTimeoutMs: 5000,
  maxActionsPerCase: 8,
  allowUnsafeActions: false,
};

/** What one browser case comes to under a policy; the first rule that matches decides (spec/tau/surfaces.md §8). */
export function evaluateBrowserCase(item: BrowserCase, policy: BrowserPolicy): ResponseEvaluation {
  const codes = browserErrorCodes;
  if (item.operation === "action" && item.repeatCount > policy.maxActionsPerCase) {
    return rejected(429, codes.actionLimitExceeded, "action_limit_exceeded");
  }
  if (item.unsafeOperation && !policy.allowUnsafeActions) {
    return rejected(403, codes.unsafeOperation, "unsafe_operation");
  }
  if (item.simulateRetryableFailure) return retryable(503, codes.backendUnavailable, "backend_unavailable");
  if (item.simulateTimeout) return retryable(504, codes.timeout, "timeout");
  if (!isSupportedOperation(item)) return rejected(400, codes.invalidOperation, "invalid_operation");
  if (item.operation === "navigate") return evaluateNavigate(item);
  if (item.operation === "snapshot") return evaluateSnapshot(item);
  const evaluation = evaluateAction(item);
  const tooSlow = evaluation.outcome === "success" && item.timeoutMs > policy.actionTimeoutMs;
  return tooSlow ? retryable(504, codes.timeout, "timeout") : evaluation;
}

function evaluateNavigate(item: BrowserCase): ResponseEvaluation {
  const url = trimText(item.url);
  if (!url.startsWith("http://") && !url.startsWith("https://")) {
    return rejected(400, browserErrorCodes.invalidUrl, "invalid_url");
  }
  return accepted(200, {
    dom_nodes: 96,
    operation: "navigate",
    status: "ok",
    title: `Fixture page for ${item.caseId}`,
    url,
  });
}

function evaluateSnapshot(item: BrowserCase): ResponseEvaluation {
  return accepted(200, {
    elements: [
      jsonObject({ id: "e1", name: "Docs", role: "link" }),
      jsonObject({ id: "e2", name: "Submit", role: "button" }),
    ],
    operation: "snapshot",
    snapshot_id: `snapshot-${item.caseId}`,
    status: "ok",
  });
}

function evaluateAction(item: BrowserCase): ResponseEvaluation {
  if (!isSupportedAction(item)) return rejected(400, browserErrorCodes.invalidAction, "invalid_action");
  if (isBlank(item.selector)) return rejected(422, browserErrorCodes.invalidSelector, "invalid_selector");
  if (item.action === "type" && isBlank(item.text)) {
    return rejected(422, browserErrorCodes.invalidInput, "invalid_input");
  }
  return accepted(200, {
    action: item.action,
    operation: "action",
    repeat_count: item.repeatCount,
    selector: trimText(item.selector),
    status: "ok",
    text: trimText(item.text),
    timeout_ms: item.timeoutMs,
  });
}

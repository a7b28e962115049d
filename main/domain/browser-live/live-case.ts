import { jsonDifference, requireNoDrift } from "../cycle/drift";
import { jsonObject, type Json } from "../json";
import type { BrowserCase } from "../surfaces/browser-automation/contract";
import { trimText } from "../text";
import type { ActionResult } from "./action-result";

/** The request an executor gets for a case, keys in the protocol's order (spec/tau/live-run.md §4). */
export function liveActionRequest(item: BrowserCase): Json {
  return jsonObject({
    operation: item.operation,
    action: item.action,
    url: trimText(item.url),
    selector: trimText(item.selector),
    text: trimText(item.text),
    action_repeat_count: item.repeatCount,
    timeout_ms: item.timeoutMs,
  });
}

/** Throws a `ContractError` when a result is not what the case expects; a null body is not compared (spec/tau/surfaces.md §2). */
export function requireLiveResult(item: BrowserCase, result: ActionResult): void {
  requireNoDrift(item, result, () =>
    item.expectedBody === null ? null : jsonDifference("response_body", item.expectedBody, result.body),
  );
}

import type { ContractCase } from "../../cycle/definition";
import { caseFault, decodeResponseExpectation, requireSupportedErrorCode } from "../../cycle/fixture";
import { unsigned64, type FieldReader } from "../../decode";
import type { Json } from "../../json";
import { lowerAscii, trimText } from "../../text";

/** Error codes of the browser automation contract (spec/tau/surfaces.md §8). */
export const browserErrorCodes = {
  invalidOperation: "browser_automation_invalid_operation",
  invalidAction: "browser_automation_invalid_action",
  invalidUrl: "browser_automation_invalid_url",
  invalidSelector: "browser_automation_invalid_selector",
  invalidInput: "browser_automation_invalid_input",
  unsafeOperation: "browser_automation_unsafe_operation",
  timeout: "browser_automation_timeout",
  backendUnavailable: "browser_automation_backend_unavailable",
  actionLimitExceeded: "browser_automation_action_limit_exceeded",
} as const;

const supportedOperations = ["navigate", "snapshot", "action"];
const supportedActions = ["click", "type", "wait"];

/** One browser case; `operation` and `action` are trimmed and lower-case, `timeoutMs` is in milliseconds. */
export interface BrowserCase extends ContractCase {
  readonly operation: string;
  readonly action: string;
  readonly url: string;
  readonly selector: string;
  readonly text: string;
  readonly repeatCount: number;
  readonly timeoutMs: number;
  readonly unsafeOperation: boolean;
  readonly simulateTimeout: boolean;
  /** Null when the body is not to be compared. */
  readonly expectedBody: Json;
}

export function decodeBrowserCase(reader: FieldReader, common: ContractCase): BrowserCase {
  return {
    ...common,
    ...decodeResponseExpectation(reader, common, null),
    operation: lowerAscii(trimText(reader.string("operation"))),
    action: lowerAscii(trimText(reader.string("action", ""))),
    url: reader.string("url", ""),
    selector: reader.string("selector", ""),
    text: reader.string("text", ""),
    repeatCount: reader.integer("action_repeat_count", unsigned64, 1),
    timeoutMs: reader.integer("timeout_ms", unsigned64, 5000),
    unsafeOperation: reader.boolean("unsafe_operation", false),
    simulateTimeout: reader.boolean("simulate_timeout", false),
  };
}

export function validateBrowserCase(item: BrowserCase): void {
  if (item.repeatCount < 1) throw caseFault(item, "action_repeat_count", "expected 1 or more");
  if (item.timeoutMs < 1) throw caseFault(item, "timeout_ms", "expected 1 or more");
}

export function checkBrowserCompatibility(item: BrowserCase): void {
  requireSupportedErrorCode(item, Object.values(browserErrorCodes));
  if (item.expected.outcome === "malformed_input") return;
  if (!isSupportedOperation(item)) {
    const choices = supportedOperations.join(", ");
    throw caseFault(
      item,
      "operation",
      `unsupported operation '${item.operation}', expected one of ${choices}`,
    );
  }
  if (item.operation === "action" && !isSupportedAction(item)) {
    const choices = supportedActions.join(", ");
    throw caseFault(item, "action", `unsupported action '${item.action}', expected one of ${choices}`);
  }
}

export function isSupportedOperation(item: BrowserCase): boolean {
  return supportedOperations.includes(item.operation);
}

export function isSupportedAction(item: BrowserCase): boolean {
  return supportedActions.includes(item.action);
}

export function browserCaseKey(item: BrowserCase): string {
  return `${item.operation}:${item.action}:${item.caseId}`;
}

import type { SurfaceDefinition } from "../../cycle/definition";
import { jsonDifference } from "../../cycle/drift";
import { renderSnapshot, upsertRecord } from "../../cycle/records";
import { contextLine, type ResponseEvaluation } from "../../cycle/response";
import { unsigned16, type FieldReader } from "../../decode";
import { jsonObject, sortKeys, type Json } from "../../json";
import { byKeys } from "../../text";
import {
  browserCaseKey,
  browserErrorCodes,
  checkBrowserCompatibility,
  decodeBrowserCase,
  validateBrowserCase,
  type BrowserCase,
} from "./contract";
import { evaluateBrowserCase, type BrowserPolicy } from "./evaluate";

/** One entry of `results[]`, keys in file order (spec/tau/surfaces.md §8). */
interface BrowserResult {
  readonly case_key: string;
  readonly operation: string;
  readonly status_code: number;
  readonly error_code: string;
  readonly response_body: Json;
}

/** Sorted by case key. */
type BrowserState = readonly BrowserResult[];
type BrowserCounter =
  "timeout_failures" | "denied_unsafe_actions" | "denied_action_limit" | "persisted_results";

/** The browser automation surface, contract runner (spec/tau/surfaces.md §8). Every case that ends is kept, whatever its outcome. */
export function browserAutomationDefinition(
  policy: BrowserPolicy,
): SurfaceDefinition<BrowserCase, BrowserState, ResponseEvaluation, BrowserCounter> {
  return {
    contractLabel: "browser automation",
    label: "browser automation",
    source: "tau-browser-automation-runner",
    decodeCase: decodeBrowserCase,
    validateCase: validateBrowserCase,
    checkCompatibility: checkBrowserCompatibility,
    compareCases: byKeys(
      (item) => item.caseId,
      (item) => item.operation,
    ),
    caseKey: browserCaseKey,
    emptyState: [],
    decodeState: (reader) =>
      reader.objects("results", decodeResult, []).toSorted(byKeys((result) => result.case_key)),
    encodeState: (state) => ({ beforeHealth: { results: state.map((result) => jsonObject({ ...result })) } }),
    evaluate: (item) => evaluateBrowserCase(item, policy),
    payloadDrift: (item, evaluation) =>
      item.expectedBody === null ? null : jsonDifference("response_body", item.expectedBody, evaluation.body),
    countAttempt: (_item, evaluation) => ({
      timeout_failures: Number(evaluation.errorCode === browserErrorCodes.timeout),
      denied_unsafe_actions: Number(evaluation.errorCode === browserErrorCodes.unsafeOperation),
      denied_action_limit: Number(evaluation.errorCode === browserErrorCodes.actionLimitExceeded),
    }),
    conclude: ({ item, key, evaluation, state: before }) => {
      const logged = {
        operation: item.operation,
        status_code: evaluation.statusCode,
        error_code: evaluation.errorCode,
        response_body: sortKeys(evaluation.body),
      };
      const state = upsertRecord(before, { case_key: key, ...logged }, caseKeyOf, caseKeyOf);
      const channel = {
        transport: "browser-automation",
        channelId: "fixtures",
        logPayload: jsonObject({ case_id: item.caseId, ...logged }),
        contextText: contextLine(
          "browser automation",
          item.caseId,
          evaluation,
          `operation=${item.operation}`,
        ),
        memory: renderBrowserMemory(state),
      };
      return { state, counters: { persisted_results: 1 }, channel };
    },
    counters: ["timeout_failures", "denied_unsafe_actions", "denied_action_limit", "persisted_results"],
    malformedReasons: [
      { code: "action_limit_guardrail_denied", counters: ["denied_action_limit"] },
      { code: "unsafe_actions_denied", counters: ["denied_unsafe_actions"] },
      { code: "timeout_failures_observed", counters: ["timeout_failures"] },
    ],
    reasons: [],
  };
}

function caseKeyOf(result: BrowserResult): string {
  return result.case_key;
}

function decodeResult(reader: FieldReader): BrowserResult {
  return {
    case_key: reader.string("case_key"),
    operation: reader.string("operation"),
    status_code: reader.integer("status_code", unsigned16),
    error_code: reader.string("error_code"),
    response_body: sortKeys(reader.json("response_body")),
  };
}

function renderBrowserMemory(state: BrowserState): string {
  return renderSnapshot(
    "Browser Automation Snapshot",
    state.map(
      (result) =>
        `${result.case_key} op=${result.operation} status=${result.status_code} error_code=${result.error_code || "none"}`,
    ),
    "no persisted results",
  );
}

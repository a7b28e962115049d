import { ContractError } from "../contract-error";
import type { CaseOutcome } from "../cycle/definition";
import { retryable, type ResponseEvaluation } from "../cycle/response";
import { FieldReader, unsigned16 } from "../decode";
import { parseJson } from "../json-parse";
import { browserErrorCodes } from "../surfaces/browser-automation/contract";
import { isBlank, trimText } from "../text";

/** What a browser left as evidence of one case; "" for what it did not produce. */
export interface ArtifactBundle {
  readonly domSnapshotHtml: string;
  readonly screenshotSvg: string;
  readonly traceJson: string;
}

/** An executor's answer to one case, or the policy's answer in its place. `errorCode` is "" when there is none. */
export interface ActionResult extends ResponseEvaluation {
  readonly artifacts: ArtifactBundle;
}

export const noArtifacts: ArtifactBundle = { domSnapshotHtml: "", screenshotSvg: "", traceJson: "" };

/**
 * How a result counts (spec/tau/live-run.md §4): 500 and above, a timeout or a missing backend may pass next time; 400
 * and above is the case's own fault; the rest is a success.
 */
export function classifyResult(statusCode: number, errorCode: string): CaseOutcome {
  if (
    statusCode >= 500 ||
    errorCode === browserErrorCodes.timeout ||
    errorCode === browserErrorCodes.backendUnavailable
  )
    return "retryable_failure";
  return statusCode >= 400 ? "malformed_input" : "success";
}

/**
 * Reads what `execute-action` printed. Throws a `ContractError` when it is empty, not JSON, not of the protocol's shape
 * or has a zero status code; the caller turns that into a missing backend (spec/tau/live-run.md §4).
 */
export function parseActionResult(standardOutput: string): ActionResult {
  if (isBlank(standardOutput))
    throw new ContractError("browser executor returned empty response for execute-action");
  const reader = readResponse(standardOutput);
  const statusCode = reader.integer("status_code", unsigned16);
  if (statusCode === 0) throw new ContractError("browser executor response is missing non-zero status_code");
  const code = reader.string("error_code", "");
  const errorCode = isBlank(code) ? "" : code;
  return {
    outcome: classifyResult(statusCode, errorCode),
    statusCode,
    errorCode,
    body: reader.json("response_body", null),
    artifacts: reader.object("artifacts", decodeArtifacts, noArtifacts),
  };
}

/** The result of a case whose executor could not be reached or made no sense: 503, with what went wrong. */
export function backendUnavailable(detail: string): ActionResult {
  const reason = "backend_unavailable";
  const evaluation = retryable(503, browserErrorCodes.backendUnavailable, reason, { detail });
  return { ...evaluation, artifacts: noArtifacts };
}

function readResponse(standardOutput: string): FieldReader {
  try {
    return new FieldReader(parseJson(trimText(standardOutput)), "");
  } catch (error) {
    const shown = standardOutput.length > 200 ? `${standardOutput.slice(0, 200)}…` : standardOutput;
    throw new ContractError(`failed to parse browser executor response: ${trimText(shown)}`, {
      cause: error,
    });
  }
}

function decodeArtifacts(reader: FieldReader): ArtifactBundle {
  return {
    domSnapshotHtml: reader.string("dom_snapshot_html", ""),
    screenshotSvg: reader.string("screenshot_svg", ""),
    traceJson: reader.string("trace_json", ""),
  };
}

import type { CaseEvaluation } from "../../cycle/definition";
import { byKeys, isBlank } from "../../text";
import { dashboardErrorCodes, type DashboardCase, type DashboardWidget } from "./contract";

/** What a dashboard case comes to: no status code, but widgets and the key of its audit event. */
export interface DashboardEvaluation extends CaseEvaluation {
  readonly widgets: readonly DashboardWidget[];
  readonly auditEventKey: string;
}

/** What one dashboard case comes to; the first rule that matches decides (spec/tau/surfaces.md §9). */
export function evaluateDashboardCase(item: DashboardCase): DashboardEvaluation {
  const codes = dashboardErrorCodes;
  if (item.workspaceId === "") return failed("malformed_input", codes.invalidScope);
  if (item.requestedWidgets.length === 0) return failed("malformed_input", codes.emptyInput);
  if (item.simulateRetryableFailure) return failed("retryable_failure", codes.backendUnavailable);
  if (item.mode === "filter") {
    if (item.filters.length === 0) return failed("malformed_input", codes.emptyInput);
    if (item.filters.some((filter) => isBlank(filter.value))) {
      return failed("malformed_input", codes.invalidFilter);
    }
  }
  if (item.mode === "control" && item.controlAction === null) {
    return failed("malformed_input", codes.invalidAction);
  }
  return {
    outcome: "success",
    errorCode: "",
    statusCode: null,
    widgets: item.requestedWidgets.toSorted(byKeys((widget) => widget.widget_id)),
    auditEventKey: item.mode === "control" ? `dashboard-control:${item.controlAction}:${item.caseId}` : "",
  };
}

function failed(outcome: "malformed_input" | "retryable_failure", errorCode: string): DashboardEvaluation {
  return { outcome, errorCode, statusCode: null, widgets: [], auditEventKey: "" };
}

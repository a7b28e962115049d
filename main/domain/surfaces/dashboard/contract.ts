import type { ContractCase } from "../../cycle/definition";
import {
  caseFault,
  requireErrorCodePresence,
  requireSimulationConsistency,
  requireSupportedErrorCode,
} from "../../cycle/fixture";
import { unsigned64, type FieldReader } from "../../decode";
import { isBlank, trimText } from "../../text";

/** Error codes of the dashboard contract (spec/tau/surfaces.md §9). */
export const dashboardErrorCodes = {
  emptyInput: "dashboard_empty_input",
  invalidScope: "dashboard_invalid_scope",
  invalidFilter: "dashboard_invalid_filter",
  invalidAction: "dashboard_invalid_action",
  backendUnavailable: "dashboard_backend_unavailable",
} as const;

const filterKinds = ["time_window", "channel", "severity", "search"] as const;
const widgetKinds = [
  "health_summary",
  "transport_table",
  "queue_chart",
  "run_timeline",
  "session_list",
  "alert_feed",
] as const;
const maximumRefreshMs = 86_400_000;

interface DashboardFilter {
  readonly filterId: string;
  readonly kind: (typeof filterKinds)[number];
  readonly value: string;
}

/** A widget a case asks for, keys as in the fixture; the refresh interval is in milliseconds. */
export interface DashboardWidget {
  readonly widget_id: string;
  readonly kind: (typeof widgetKinds)[number];
  readonly title: string;
  readonly query_key: string;
  readonly refresh_interval_ms: number;
}

export interface DashboardCase extends ContractCase {
  readonly mode: "snapshot" | "filter" | "control";
  readonly workspaceId: string;
  readonly operatorId: string;
  readonly filters: readonly DashboardFilter[];
  readonly requestedWidgets: readonly DashboardWidget[];
  readonly controlAction: "pause" | "resume" | "refresh" | null;
  readonly expectedWidgets: readonly DashboardWidget[];
  readonly expectedAuditEventKey: string;
}

export function decodeDashboardCase(reader: FieldReader, common: ContractCase): DashboardCase {
  return {
    ...common,
    mode: reader.choice("mode", ["snapshot", "filter", "control"]),
    ...reader.object("scope", (scope) => ({
      workspaceId: trimText(scope.string("workspace_id")),
      operatorId: trimText(scope.string("operator_id", "")),
    })),
    filters: reader.objects("filters", decodeFilter, []),
    requestedWidgets: reader.objects("requested_widgets", decodeWidget, []),
    controlAction: reader.nullable("control_action", (from, key) =>
      from.choice(key, ["pause", "resume", "refresh"]),
    ),
    ...reader.object("expected", (expected) => ({
      expectedWidgets: expected.objects("widgets", decodeWidget, []),
      expectedAuditEventKey: trimText(expected.string("audit_event_key", "")),
    })),
  };
}

function decodeFilter(reader: FieldReader): DashboardFilter {
  return {
    filterId: reader.string("filter_id"),
    kind: reader.choice("kind", filterKinds),
    value: reader.string("value"),
  };
}

function decodeWidget(reader: FieldReader): DashboardWidget {
  return {
    widget_id: reader.string("widget_id"),
    kind: reader.choice("kind", widgetKinds),
    title: reader.string("title"),
    query_key: reader.string("query_key"),
    refresh_interval_ms: reader.integer("refresh_interval_ms", unsigned64),
  };
}

export function validateDashboardCase(item: DashboardCase): void {
  const { outcome } = item.expected;
  if (item.workspaceId === "" && outcome !== "malformed_input") {
    throw caseFault(item, "scope.workspace_id", "expected text unless the outcome is malformed_input");
  }
  requireSimulationConsistency(item);
  if (item.mode === "control" && item.controlAction === null) {
    throw caseFault(item, "control_action", "expected pause, resume or refresh in control mode");
  }
  if (item.mode === "filter" && outcome !== "malformed_input" && item.filters.length === 0) {
    throw caseFault(item, "filters", "expected at least one filter in filter mode");
  }
  if (outcome === "success" && item.requestedWidgets.length === 0) {
    throw caseFault(item, "requested_widgets", "expected at least one widget for outcome success");
  }
  validateFilters(item);
  validateWidgets(item, "requested_widgets", item.requestedWidgets);
  validateWidgets(item, "expected.widgets", item.expectedWidgets);
  validateExpectation(item);
}

function validateFilters(item: DashboardCase): void {
  const seen = new Set<string>();
  item.filters.forEach((filter, index) => {
    const field = `filters[${index}]`;
    const filterId = trimText(filter.filterId);
    if (filterId === "") throw caseFault(item, `${field}.filter_id`, "expected text, found blank");
    if (seen.has(filterId)) throw caseFault(item, `${field}.filter_id`, `duplicate filter_id '${filterId}'`);
    seen.add(filterId);
    if (isBlank(filter.value) && item.expected.outcome !== "malformed_input") {
      throw caseFault(item, `${field}.value`, "expected text unless the outcome is malformed_input");
    }
  });
}

function validateWidgets(item: DashboardCase, list: string, widgets: readonly DashboardWidget[]): void {
  const seen = new Set<string>();
  widgets.forEach((widget, index) => {
    const field = `${list}[${index}]`;
    for (const key of ["widget_id", "title", "query_key"] as const) {
      if (isBlank(widget[key])) throw caseFault(item, `${field}.${key}`, "expected text, found blank");
    }
    const widgetId = trimText(widget.widget_id);
    if (seen.has(widgetId)) throw caseFault(item, `${field}.widget_id`, `duplicate widget_id '${widgetId}'`);
    seen.add(widgetId);
    if (widget.refresh_interval_ms < 1 || widget.refresh_interval_ms > maximumRefreshMs) {
      throw caseFault(item, `${field}.refresh_interval_ms`, `expected 1 to ${maximumRefreshMs}`);
    }
  });
}

function validateExpectation(item: DashboardCase): void {
  requireErrorCodePresence(item);
  requireSupportedErrorCode(item, Object.values(dashboardErrorCodes));
  if (item.expected.outcome === "success") {
    if (item.expectedWidgets.length === 0) {
      throw caseFault(item, "expected.widgets", "expected at least one widget for outcome success");
    }
    if (item.mode === "control" && item.expectedAuditEventKey === "") {
      throw caseFault(item, "expected.audit_event_key", "expected text for a successful control case");
    }
    return;
  }
  if (item.expectedWidgets.length > 0) {
    throw caseFault(item, "expected.widgets", "expected none for a failure");
  }
  if (item.expectedAuditEventKey !== "") {
    throw caseFault(item, "expected.audit_event_key", "expected none for a failure");
  }
}

export function dashboardCaseKey(item: DashboardCase): string {
  return `${item.mode}:${item.caseId}`;
}

/** `operator:<id>` where there is one, else `workspace:<id>`; null without a workspace. */
export function dashboardChannelId(item: DashboardCase): string | null {
  if (item.workspaceId === "") return null;
  return item.operatorId === "" ? `workspace:${item.workspaceId}` : `operator:${item.operatorId}`;
}

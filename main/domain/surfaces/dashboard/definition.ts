import type { CaseConclusion, ConcludedCase, SurfaceDefinition } from "../../cycle/definition";
import { jsonDifference } from "../../cycle/drift";
import { contextLine } from "../../cycle/response";
import { jsonObject, type Json } from "../../json";
import { byKeys } from "../../text";
import {
  dashboardCaseKey,
  dashboardChannelId,
  decodeDashboardCase,
  validateDashboardCase,
  type DashboardCase,
  type DashboardWidget,
} from "./contract";
import { evaluateDashboardCase, type DashboardEvaluation } from "./evaluate";
import {
  decodeDashboardState,
  encodeDashboardState,
  recordControl,
  recordWidgets,
  renderDashboardMemory,
  type DashboardState,
} from "./state";

type DashboardCounter = "upserted_widgets" | "control_actions_applied";

/** The dashboard surface (spec/tau/surfaces.md §9). */
export const dashboardDefinition: SurfaceDefinition<
  DashboardCase,
  DashboardState,
  DashboardEvaluation,
  DashboardCounter
> = {
  contractLabel: "dashboard",
  label: "dashboard",
  source: "tau-dashboard-runner",
  decodeCase: decodeDashboardCase,
  validateCase: validateDashboardCase,
  // Every value a case may hold is checked with its shape, so nothing is left to be incompatible.
  checkCompatibility: () => undefined,
  compareCases: byKeys(
    (item) => item.caseId,
    (item) => item.mode,
  ),
  caseKey: dashboardCaseKey,
  emptyState: { widgetViews: [], controlAudit: [] },
  decodeState: decodeDashboardState,
  encodeState: (state) => ({ beforeHealth: encodeDashboardState(state) }),
  evaluate: evaluateDashboardCase,
  payloadDrift: (item, evaluation) =>
    jsonDifference("widgets", asJson(item.expectedWidgets), asJson(evaluation.widgets)) ??
    jsonDifference("audit_event_key", item.expectedAuditEventKey, evaluation.auditEventKey),
  conclude: concludeDashboardCase,
  counters: ["upserted_widgets", "control_actions_applied"],
  summaryNames: { control_actions_applied: "control_actions" },
  reasons: [
    { code: "widget_views_updated", counters: ["upserted_widgets"] },
    { code: "control_actions_applied", counters: ["control_actions_applied"] },
  ],
};

function asJson(widgets: readonly DashboardWidget[]): Json {
  return widgets.map((widget) => jsonObject({ ...widget }));
}

/** A control action counts however its case ends. */
function concludeDashboardCase(
  concluded: ConcludedCase<DashboardCase, DashboardState, DashboardEvaluation>,
): CaseConclusion<DashboardState, DashboardCounter> {
  const { item, key, evaluation, nowUnixMs } = concluded;
  const { outcome, errorCode: error_code, widgets } = evaluation;
  const success = outcome === "success";
  const { widgetViews: viewsBefore, controlAudit } = concluded.state;
  const state: DashboardState = {
    widgetViews: recordWidgets(viewsBefore, widgets, key, nowUnixMs),
    controlAudit:
      item.controlAction === null
        ? controlAudit
        : recordControl(controlAudit, {
            event_key: key,
            case_id: item.caseId,
            action: item.controlAction,
            status: outcome,
            timestamp_unix_ms: nowUnixMs,
          }),
  };
  const channelId = dashboardChannelId(item);
  const channel = {
    transport: "dashboard",
    logPayload: jsonObject({
      outcome,
      mode: item.mode,
      case_id: item.caseId,
      ...(success ? { upserted_widgets: widgets.length } : { error_code }),
      control_action: item.controlAction,
    }),
    contextText: contextLine(
      "dashboard",
      item.caseId,
      evaluation,
      `mode=${item.mode} widgets=${widgets.length} control_action=${item.controlAction ?? "none"}`,
    ),
    memory: success ? renderDashboardMemory(state.widgetViews, item.workspaceId) : null,
  };
  return {
    state,
    counters: {
      upserted_widgets: widgets.length,
      control_actions_applied: Number(item.controlAction !== null),
    },
    channel: channelId === null ? null : { ...channel, channelId },
  };
}

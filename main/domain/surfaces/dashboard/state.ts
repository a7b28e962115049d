import { renderSnapshot, upsertRecord } from "../../cycle/records";
import { unsigned64, type FieldReader } from "../../decode";
import { jsonObject, type Json } from "../../json";
import { byKeys } from "../../text";
import type { DashboardWidget } from "./contract";

const controlAuditCap = 512;

/** One entry of `widget_views[]`, keys in file order; `kind` is lower-case without underscores (spec/tau/surfaces.md §9). */
export interface WidgetView {
  readonly widget_id: string;
  readonly kind: string;
  readonly title: string;
  readonly query_key: string;
  readonly refresh_interval_ms: number;
  readonly last_case_key: string;
  readonly updated_unix_ms: number;
}

/** One entry of `control_audit[]`, keys in file order. */
export interface ControlAudit {
  readonly event_key: string;
  readonly case_id: string;
  readonly action: string;
  readonly status: string;
  readonly timestamp_unix_ms: number;
}

/** Views sorted by widget id; audits oldest first, the newest 512. */
export interface DashboardState {
  readonly widgetViews: readonly WidgetView[];
  readonly controlAudit: readonly ControlAudit[];
}

export function decodeDashboardState(reader: FieldReader): DashboardState {
  const widgetViews = reader.objects("widget_views", decodeView, []);
  return {
    widgetViews: widgetViews.toSorted(byKeys(widgetIdOf)),
    controlAudit: reader.objects("control_audit", decodeAudit, []),
  };
}

function decodeView(reader: FieldReader): WidgetView {
  return {
    widget_id: reader.string("widget_id"),
    kind: reader.string("kind"),
    title: reader.string("title"),
    query_key: reader.string("query_key"),
    refresh_interval_ms: reader.integer("refresh_interval_ms", unsigned64),
    last_case_key: reader.string("last_case_key"),
    updated_unix_ms: reader.integer("updated_unix_ms", unsigned64),
  };
}

function decodeAudit(reader: FieldReader): ControlAudit {
  return {
    event_key: reader.string("event_key"),
    case_id: reader.string("case_id"),
    action: reader.string("action"),
    status: reader.string("status"),
    timestamp_unix_ms: reader.integer("timestamp_unix_ms", unsigned64),
  };
}

export function encodeDashboardState(state: DashboardState): Readonly<Record<string, Json>> {
  return {
    widget_views: state.widgetViews.map((view) => jsonObject({ ...view })),
    control_audit: state.controlAudit.map((audit) => jsonObject({ ...audit })),
  };
}

/** Adds or replaces the views of a successful case. */
export function recordWidgets(
  views: readonly WidgetView[],
  widgets: readonly DashboardWidget[],
  caseKey: string,
  nowUnixMs: number,
): readonly WidgetView[] {
  return widgets.reduce((current, widget) => {
    const kind = widget.kind.replaceAll("_", "");
    const view = { ...widget, kind, last_case_key: caseKey, updated_unix_ms: nowUnixMs };
    return upsertRecord(current, view, widgetIdOf, widgetIdOf);
  }, views);
}

/** Appends one control action; the oldest go when there are more than 512. */
export function recordControl(audits: readonly ControlAudit[], audit: ControlAudit): readonly ControlAudit[] {
  return [...audits, audit].slice(-controlAuditCap);
}

/** MEMORY.md of a dashboard channel: every widget, whichever case it came from. */
export function renderDashboardMemory(views: readonly WidgetView[], workspaceId: string): string {
  return renderSnapshot(
    `Dashboard Snapshot (${workspaceId})`,
    views.map((view) => `${view.widget_id}: ${view.title} (${view.query_key})`),
    "no materialized widgets",
  );
}

function widgetIdOf(widget: { readonly widget_id: string }): string {
  return widget.widget_id;
}

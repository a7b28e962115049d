import { expect, test } from "vitest";
import { parseFixture } from "#domain/cycle/fixture";
import { dashboardDefinition } from "#domain/surfaces/dashboard/definition";
import { evaluateDashboardCase } from "#domain/surfaces/dashboard/evaluate";
import { recordControl } from "#domain/surfaces/dashboard/state";
import { fixtureDocument, refusal, type CaseChange, type CaseDocument } from "./fixture-cases";

function widget(
  item: CaseDocument,
  list: "requested_widgets" | "expected",
  index = 0,
): Record<string, unknown> {
  const widgets = list === "expected" ? item.expected["widgets"] : item[list];
  return (widgets as Record<string, unknown>[])[index] ?? {};
}

const refused: readonly (readonly [string, CaseChange, string])[] = [
  [
    "no workspace",
    (item) => (item["scope"] = { workspace_id: " " }),
    "scope.workspace_id: expected text unless",
  ],
  ["no scope", (item) => delete item["scope"], "missing field `scope`"],
  [
    "a control case without an action",
    (item) => (item["mode"] = "control"),
    "control_action: expected pause, resume or refresh",
  ],
  [
    "an unknown action",
    (item) => (item["control_action"] = "stop"),
    "control_action: expected one of pause, resume, refresh",
  ],
  [
    "a filter case without filters",
    (item) => (item["mode"] = "filter"),
    "filters: expected at least one filter",
  ],
  [
    "success without widgets",
    (item) => (item["requested_widgets"] = []),
    "requested_widgets: expected at least one",
  ],
  [
    "a filter without id",
    (item) => (item["filters"] = [{ filter_id: " ", kind: "search", value: "x" }]),
    "filters[0].filter_id: expected text",
  ],
  [
    "a filter without value",
    (item) => (item["filters"] = [{ filter_id: "a", kind: "search", value: " " }]),
    "filters[0].value: expected text",
  ],
  [
    "a filter of unknown kind",
    (item) => (item["filters"] = [{ filter_id: "a", kind: "x", value: "x" }]),
    "filters[0].kind: expected one of time_window",
  ],
  [
    "two filters of one id",
    (item) =>
      (item["filters"] = [
        { filter_id: "a", kind: "search", value: "x" },
        { filter_id: "a ", kind: "search", value: "y" },
      ]),
    "filters[1].filter_id: duplicate filter_id 'a'",
  ],
  [
    "a widget without title",
    (item) => (widget(item, "requested_widgets")["title"] = ""),
    "requested_widgets[0].title: expected text",
  ],
  [
    "a widget without query",
    (item) => (widget(item, "expected")["query_key"] = " "),
    "expected.widgets[0].query_key: expected text",
  ],
  [
    "two widgets of one id",
    (item) => (widget(item, "requested_widgets", 1)["widget_id"] = "transport-table"),
    "requested_widgets[1].widget_id: duplicate widget_id",
  ],
  [
    "a widget never refreshed",
    (item) => (widget(item, "requested_widgets")["refresh_interval_ms"] = 0),
    "refresh_interval_ms: expected 1 to 86400000",
  ],
  [
    "a widget refreshed too rarely",
    (item) => (widget(item, "expected")["refresh_interval_ms"] = 86_400_001),
    "refresh_interval_ms: expected 1 to 86400000",
  ],
  [
    "an unknown widget kind",
    (item) => (widget(item, "expected")["kind"] = "healthsummary"),
    "expected.widgets[0].kind: expected one of health_summary",
  ],
  [
    "success without expected widgets",
    (item) => (item.expected["widgets"] = []),
    "expected.widgets: expected at least one",
  ],
  [
    "a simulated success",
    (item) => (item["simulate_retryable_failure"] = true),
    "expected.outcome: expected retryable_failure",
  ],
  [
    "an error code on success",
    (item) => (item.expected["error_code"] = "dashboard_empty_input"),
    "expected no error_code",
  ],
  [
    "an unknown error code",
    (item) => Object.assign(item.expected, { outcome: "malformed_input", error_code: "dashboard_x" }),
    "unsupported error_code 'dashboard_x'",
  ],
  [
    "a failure with widgets",
    (item) =>
      Object.assign(item.expected, { outcome: "malformed_input", error_code: "dashboard_empty_input" }),
    "expected.widgets: expected none",
  ],
  [
    "a failure with an audit key",
    (item) =>
      (item.expected = {
        outcome: "malformed_input",
        error_code: "dashboard_empty_input",
        audit_event_key: "x",
      }),
    "expected.audit_event_key: expected none",
  ],
  [
    "a control success without audit key",
    (item) => Object.assign(item, { mode: "control", control_action: "pause" }),
    "expected.audit_event_key: expected text",
  ],
];

test.each(refused)("a dashboard fixture with %s is refused", (_what, change, message) => {
  const fixture = fixtureDocument("dashboard", "mixed-outcomes");
  expect(refusal(dashboardDefinition, fixture, "snapshot-core-overview", change)).toContain(message);
});

test("a control case without an action, and a case without a workspace, have codes of their own", () => {
  const text = JSON.stringify(fixtureDocument("dashboard", "outcome-coverage"));
  const item = parseFixture(dashboardDefinition, text).cases.find(
    ({ caseId }) => caseId === "control-refresh",
  );
  if (item === undefined) throw new Error("no case control-refresh");
  expect(evaluateDashboardCase({ ...item, controlAction: null }).errorCode).toBe("dashboard_invalid_action");
  expect(evaluateDashboardCase({ ...item, workspaceId: "" }).errorCode).toBe("dashboard_invalid_scope");
});

test("the control audit keeps the newest 512", () => {
  const audit = (number: number) => ({
    event_key: `${number}`,
    case_id: "",
    action: "",
    status: "",
    timestamp_unix_ms: number,
  });
  const audits = Array.from({ length: 600 }, (_, index) => index).reduce(
    (kept, number) => recordControl(kept, audit(number)),
    [] as ReturnType<typeof recordControl>,
  );
  expect([audits.length, audits[0]?.event_key, audits.at(-1)?.event_key]).toEqual([512, "88", "599"]);
});

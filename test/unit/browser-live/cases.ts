import type { ActionResult } from "#domain/browser-live/action-result";
import { parseFixture } from "#domain/cycle/fixture";
import { browserAutomationDefinition } from "#domain/surfaces/browser-automation/definition";
import { defaultBrowserPolicy } from "#domain/surfaces/browser-automation/evaluate";
import type { BrowserCase } from "#domain/surfaces/browser-automation/contract";

/** A case as a fixture would give it, with these keys in place of a successful click's. */
export function browserCase(keys: Readonly<Record<string, unknown>> = {}): BrowserCase {
  const item = {
    case_id: "case",
    operation: "action",
    action: "click",
    selector: "#run",
    expected: { outcome: "success", status_code: 200 },
    ...keys,
  };
  const fixture = { schema_version: 1, name: "unit", cases: [item] };
  const [first] = parseFixture(
    browserAutomationDefinition(defaultBrowserPolicy),
    JSON.stringify(fixture),
  ).cases;
  if (first === undefined) throw new Error("the fixture has no case");
  return first;
}

/** A successful result without artifacts, with these keys in place of its own. */
export function actionResult(keys: Partial<ActionResult> = {}): ActionResult {
  return {
    outcome: "success",
    statusCode: 200,
    errorCode: "",
    body: null,
    artifacts: { domSnapshotHtml: "", screenshotSvg: "", traceJson: "" },
    ...keys,
  };
}

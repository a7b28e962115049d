import { expect, test } from "vitest";
import { describeError } from "#domain/contract-error";
import { parseFixture } from "#domain/cycle/fixture";
import { deploymentDefinition } from "#domain/surfaces/deployment/definition";
import { gatewayDefinition } from "#domain/surfaces/gateway/definition";
import { defaultGuardrailThresholds } from "#domain/surfaces/gateway/guardrail";
import { judgeCycle } from "#domain/surfaces/gateway/guardrail";
import { emptyHealth } from "#domain/cycle/health-snapshot";

const body = { status: "accepted" };
const success = { outcome: "success", status_code: 200, response_body: body };
const refused = (error_code: string) => ({
  outcome: "malformed_input",
  status_code: 400,
  error_code,
  response_body: body,
});
const request = { case_id: "a", method: "GET", endpoint: "/x", actor_id: "ops", expected: success };
const rollout = {
  case_id: "a",
  deploy_target: "container",
  runtime_profile: "native",
  blueprint_id: "b",
  environment: "staging",
  region: "r",
  container_image: "i",
  expected: success,
};

/** What reading came to: the whole chain of its error, or nothing. */
function faultOf(read: () => unknown): string {
  try {
    read();
    return "";
  } catch (error) {
    return describeError(error);
  }
}
const fixtureOf = (cases: object[]): string => JSON.stringify({ schema_version: 1, name: "n", cases });

test.each<[object, RegExp]>([
  [{ method: " " }, /cases\[0\]\.method/],
  [{ endpoint: "" }, /cases\[0\]\.endpoint/],
  [{ actor_id: undefined }, /cases\[0\]\.actor_id: missing field/],
  [{ body: [] }, /cases\[0\]\.body: expected an object/],
  [{ method: "TRACE" }, /unsupported method 'TRACE'/],
  [{ expected: refused("gateway_odd") }, /unsupported error_code/],
  [{ expected: { ...success, status_code: 404 } }, /expected 200 to 299/],
  [{ expected: { ...success, response_body: null } }, /response_body/],
  [{ simulate_retryable_failure: true }, /expected retryable_failure with simulate_retryable_failure/],
])("a gateway case with %j is refused when the fixture is read", (change, message) => {
  const definition = gatewayDefinition(defaultGuardrailThresholds, 0);
  expect(faultOf(() => parseFixture(definition, fixtureOf([{ ...request, ...change }])))).toMatch(message);
  expect(parseFixture(definition, fixtureOf([request])).cases).toHaveLength(1);
});

test.each<[object, RegExp]>([
  [{ deploy_target: "" }, /cases\[0\]\.deploy_target/],
  [{ region: " " }, /cases\[0\]\.region/],
  [{ replicas: 0 }, /cases\[0\]\.replicas: expected 1 or more/],
  [{ replicas: 65_536 }, /cases\[0\]\.replicas: expected an integer/],
  [{ deploy_target: "vm" }, /unsupported deploy_target 'vm'/],
  [{ runtime_profile: "jvm" }, /unsupported runtime_profile 'jvm'/],
  [{ runtime_profile: "channel_automation_wasi" }, /unsupported runtime_profile/],
  [{ environment: "qa" }, /unsupported environment 'qa'/],
  [{ runtime_profile: "wasm_wasi" }, /expected native for deploy_target container/],
  [{ container_image: "" }, /cases\[0\]\.container_image/],
  [{ deploy_target: "wasm", runtime_profile: "wasm_wasi" }, /expected wasm_module or wasm_manifest/],
  [{ expected: refused("deployment_odd") }, /unsupported error_code/],
])("a deployment case with %j is refused when the fixture is read", (change, message) => {
  const definition = deploymentDefinition(() => Promise.reject(new Error("no disk")));
  expect(faultOf(() => parseFixture(definition, fixtureOf([{ ...rollout, ...change }])))).toMatch(message);
  expect(parseFixture(definition, fixtureOf([rollout])).cases).toHaveLength(1);
});

const counters = {
  discovered_cases: 0,
  queued_cases: 0,
  applied_cases: 0,
  duplicate_skips: 0,
  malformed_cases: 0,
  retryable_failures: 0,
  retry_attempts: 0,
  failed_cases: 0,
};

test.each([
  [{}, 0, "pass", "guardrail_checks_passing"],
  [{ malformed_cases: 1 }, 0, "hold", "malformed_input_observed"],
  [{ retryable_failures: 1 }, 0, "pass", "guardrail_checks_passing"],
  [{ retryable_failures: 2, malformed_cases: 1 }, 0, "hold", "retryable_failures_threshold_exceeded"],
  [{ failed_cases: 1, retryable_failures: 4 }, 1, "hold", "retryable_failures_threshold_exceeded"],
  [{ failed_cases: 1, retryable_failures: 4 }, 2, "hold", "failure_streak_threshold_exceeded"],
  [{ failed_cases: 0 }, 2, "pass", "guardrail_checks_passing"],
])(
  "the guardrail after %j with streak %i is %s: %s (spec/tau/surfaces.md §13)",
  (change, streak, gate, reasonCode) => {
    const health = { ...emptyHealth, failure_streak: streak, updated_unix_ms: 7 };
    expect(judgeCycle(defaultGuardrailThresholds, { ...counters, ...change }, health)).toMatchObject({
      gate,
      reasonCode,
      failureStreak: streak,
      updatedUnixMs: 7,
    });
  },
);

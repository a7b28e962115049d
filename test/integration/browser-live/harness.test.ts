import { existsSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { goldenFolder, Workbench } from "./workbench";

let bench: Workbench;

beforeEach(async () => {
  bench = await Workbench.create();
});
afterEach(() => bench.remove());

const ok = { json: { status_code: 200, response_body: { status: "ok" } } };
const unavailable = {
  outcome: "retryable_failure",
  status_code: 503,
  error_code: "browser_automation_backend_unavailable",
};

function snapshotCase(keys: Readonly<Record<string, unknown>> = {}) {
  return {
    case_id: "snap",
    operation: "snapshot",
    expected: { outcome: "success", status_code: 200 },
    ...keys,
  };
}

async function summary(): Promise<Record<string, unknown>> {
  return JSON.parse(await bench.text("summary.json"));
}

async function subcommands(): Promise<readonly string[]> {
  return (await bench.calls()).map((call) => call.subcommand);
}

describe("executor failures (spec/tau/live-run.md §4)", () => {
  it.each([
    ["a non-zero exit", { exitCode: 3, stderr: "browser crashed" }, "failed: browser crashed"],
    ["a non-zero exit that only used standard output", { exitCode: 3, stdout: "oops" }, "failed: oops"],
    ["a silent non-zero exit", { exitCode: 3 }, "failed: no output"],
    ["empty output", { stdout: "  \n" }, "returned empty response"],
    ["output that is not JSON", { stdout: "hello" }, "failed to parse browser executor response: hello"],
    ["a zero status code", { json: { status_code: 0 } }, "missing non-zero status_code"],
  ])("%s is a missing backend", async (_name, answer, detail) => {
    const run = await bench.run([snapshotCase({ expected: unavailable })], { snapshot: answer });
    expect(run.error).toBeNull();
    expect(await summary()).toMatchObject({
      success_cases: 0,
      retryable_failures: 1,
      reason_codes: ["live_executor_failures_observed"],
      health_state: "degraded",
      timeline: [{ replay_step: "retryable_failure", status_code: 503, artifact_types: [] }],
    });
    const log = await bench.text("state/channel-store/channels/browser-automation/live/log.jsonl");
    expect(JSON.parse(log).payload.response_body.detail).toContain(detail);
    expect(bench.has("state/channel-store/channels/browser-automation/live/MEMORY.md")).toBe(false);
  });

  it.each([
    [
      "fails",
      { "start-session": { exitCode: 1, stderr: "no browser" } },
      {},
      "'start-session' failed: no browser",
    ],
    ["is missing", {}, { playwrightCli: "/nonexistent/executor" }, "failed to launch"],
  ])("ends the run when the executor's start %s", async (_name, script, options, message) => {
    const run = await bench.run([snapshotCase()], script, options);
    expect(run.error).toContain(message);
    expect(bench.has("state")).toBe(false);
    expect(bench.has("summary.json")).toBe(false);
  });

  it("fails with nothing written when the session cannot be ended", async () => {
    const run = await bench.run([snapshotCase()], {
      snapshot: ok,
      "shutdown-session": { exitCode: 1, stderr: "stuck" },
    });
    expect(run.error).toContain("'shutdown-session' failed: stuck");
    expect(bench.has("state")).toBe(false);
  });

  it("passes on what the executor answered", async () => {
    const timeout = { status_code: 504, error_code: "browser_automation_timeout" };
    const selector = { status_code: 422, error_code: "browser_automation_invalid_selector" };
    const run = await bench.run(
      [
        snapshotCase({ case_id: "slow", expected: { outcome: "retryable_failure", ...timeout } }),
        {
          case_id: "missing",
          operation: "action",
          action: "click",
          selector: "#x",
          expected: { outcome: "malformed_input", ...selector },
        },
      ],
      { snapshot: { json: timeout }, action: { json: selector } },
    );
    expect(run.error).toBeNull();
    expect(await summary()).toMatchObject({
      malformed_cases: 1,
      retryable_failures: 1,
      timeout_failures: 1,
      reason_codes: ["timeout_failures_observed", "live_executor_failures_observed"],
    });
  });
});

describe("drift (spec/tau/live-run.md §4)", () => {
  it("ends the run at once, ends the session, and leaves nothing behind", async () => {
    const run = await bench.run(
      [
        snapshotCase(),
        snapshotCase({
          case_id: "drifts",
          expected: { outcome: "success", status_code: 200, response_body: { n: 1 } },
        }),
        snapshotCase({ case_id: "never" }),
      ],
      { snapshot: ok },
    );
    expect(run.error).toContain(`cases[1].expected: case 'drifts' expected response_body {"n":1}`);
    expect(run.out).toEqual([]);
    expect(bench.has("state")).toBe(false);
    expect(bench.has("summary.json")).toBe(false);
    expect(await subcommands()).toEqual([
      "start-session",
      "execute-action",
      "execute-action",
      "shutdown-session",
    ]);
  });

  it("leaves what an earlier run wrote as it was", async () => {
    await bench.run([snapshotCase()], { snapshot: ok });
    const before = [await bench.text("summary.json"), await bench.text("state/runtime-events.jsonl")];
    const run = await bench.run([snapshotCase()], { snapshot: { json: { status_code: 500 } } });
    expect(run.error).toContain("expected outcome success but observed retryable_failure");
    expect([await bench.text("summary.json"), await bench.text("state/runtime-events.jsonl")]).toEqual(
      before,
    );
  });
});

describe("policy", () => {
  it("answers in the browser's place, so that no session is started", async () => {
    const denial = (status: number, code: string) => ({
      outcome: status >= 500 ? "retryable_failure" : "malformed_input",
      status_code: status,
      error_code: `browser_automation_${code}`,
    });
    const action = { operation: "action", action: "click", selector: "#a" };
    const run = await bench.run(
      [
        {
          ...action,
          case_id: "limit",
          action_repeat_count: 3,
          expected: denial(429, "action_limit_exceeded"),
        },
        { ...action, case_id: "unsafe", unsafe_operation: true, expected: denial(403, "unsafe_operation") },
        { ...action, case_id: "slow", timeout_ms: 101, expected: denial(504, "timeout") },
      ],
      {},
      { policy: { actionTimeoutMs: 100, maxActionsPerCase: 2, allowUnsafeActions: false } },
    );
    expect(run.error).toBeNull();
    expect(await bench.calls()).toEqual([]);
    expect(await summary()).toMatchObject({
      malformed_cases: 2,
      retryable_failures: 1,
      timeout_failures: 1,
      denied_unsafe_actions: 1,
      denied_action_limit: 1,
      artifact_records: 0,
      reason_codes: [
        "action_limit_guardrail_denied",
        "unsafe_actions_denied",
        "timeout_failures_observed",
        "live_executor_failures_observed",
      ],
      health_state: "degraded",
    });
  });

  it("asks the browser for an unsafe operation that is allowed", async () => {
    const run = await bench.run(
      [snapshotCase({ unsafe_operation: true, simulate_timeout: true })],
      { snapshot: ok },
      { policy: { actionTimeoutMs: 5_000, maxActionsPerCase: 8, allowUnsafeActions: true } },
    );
    expect(run.error).toBeNull();
    expect(await summary()).toMatchObject({ success_cases: 1, denied_unsafe_actions: 0 });
  });
});

describe("several runs", () => {
  it("append one event each and tell the transitions", async () => {
    const failing = { snapshot: { exitCode: 1 } };
    const expected = unavailable;
    await bench.run([snapshotCase()], { snapshot: ok });
    await bench.run([snapshotCase()], { snapshot: ok });
    await bench.run([snapshotCase({ expected })], failing);
    await bench.run([snapshotCase({ expected })], failing);
    await bench.run([snapshotCase()], { snapshot: ok });
    const events = (await bench.text("state/runtime-events.jsonl")).trimEnd().split("\n");
    expect(events.map((line) => JSON.parse(line).health_transition)).toEqual([
      "unknown->healthy",
      "steady",
      "healthy->degraded",
      "steady",
      "degraded->healthy",
    ]);
    const log = await bench.text("state/channel-store/channels/browser-automation/live/log.jsonl");
    expect(log.trimEnd().split("\n")).toHaveLength(5);
  });

  it("are refused while another one is under way", async () => {
    const slow = bench.run([snapshotCase()], { snapshot: { ...ok, hangUntil: "go-on" } });
    await expect.poll(subcommands).toContain("execute-action");
    const second = await bench.runFiles({ fixturePath: path.join(goldenFolder, "fixture.json") });
    expect(second.error).toContain("another live run is under way");
    await bench.write("go-on", "");
    expect((await slow).error).toBeNull();
  });
});

describe("stopping", () => {
  it("kills the call under way, ends the session and writes nothing", async () => {
    const controller = new AbortController();
    const running = bench.run([snapshotCase()], { snapshot: { hangUntil: "never" } }, {}, controller.signal);
    await expect.poll(subcommands).toContain("execute-action");
    controller.abort(new Error("asked to stop"));
    expect((await running).error).toBe("asked to stop");
    expect(await subcommands()).toEqual(["start-session", "execute-action", "shutdown-session"]);
    expect(bench.has("state")).toBe(false);
    const [{ sessionFile } = { sessionFile: "" }] = await bench.calls();
    expect(existsSync(path.dirname(sessionFile))).toBe(false);
  });
});

describe("fixtures", () => {
  it.each([
    ["not JSON", "{", "failed to parse browser automation contract fixture"],
    ["no cases", '{"schema_version":1,"name":"x","cases":[]}', "must include at least one case"],
    [
      "another version",
      '{"schema_version":2,"name":"x","cases":[]}',
      "unsupported browser automation contract schema version",
    ],
  ])("with %s are refused by name", async (_name, text, message) => {
    const fixturePath = await bench.write("bad.json", text);
    const run = await bench.runFiles({ fixturePath });
    expect(run.error).toContain(`invalid fixture ${fixturePath}`);
    expect(run.error).toContain(message);
    expect(bench.has("state")).toBe(false);
  });

  it("that are missing are refused by name", async () => {
    const run = await bench.runFiles({ fixturePath: bench.path("none.json") });
    expect(run.error).toContain(`failed to read fixture ${bench.path("none.json")}`);
  });
});

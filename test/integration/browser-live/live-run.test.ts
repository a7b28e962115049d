import { mkdir, writeFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RealBrowser } from "./real-browser";
import { serveTestPages } from "./test-pages";

let real: RealBrowser;

beforeEach(async () => {
  real = await RealBrowser.create();
});
afterEach(() => real.dispose());

const root = ".tau/demo-browser-automation-live";
const label = "[demo:browser-automation-live]";

describe("gatehouse browser-live with a real browser (spec/tau/live-run.md §4)", () => {
  it("plays the demo fixture on pages it serves itself, and says so", async () => {
    const { stdout, stderr, exitCode } = await real.start(["browser-live", "--skip-build"]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    const at = (name: string) => real.bench.path(root, name);
    const transcript = await real.bench.text(root, "browser-live-transcript.log");
    expect(transcript.trimEnd().split("\n")).toEqual([
      "browser automation live harness summary: discovered=3 success=3 malformed=0 retryable_failures=0 timeout_failures=0 denied_unsafe_actions=0 denied_action_limit=0 artifact_records=8 health_state=healthy",
      "timeline[0] case_id=navigate-demo operation=navigate action= replay_step=success status_code=200 error_code=none artifact_types=dom_snapshot,screenshot,trace",
      "timeline[1] case_id=snapshot-demo operation=snapshot action= replay_step=success status_code=200 error_code=none artifact_types=dom_snapshot,screenshot,trace",
      "timeline[2] case_id=action-demo operation=action action=click replay_step=success status_code=200 error_code=none artifact_types=screenshot,trace",
      `summary_json=${at("browser-live-summary.json")}`,
    ]);
    const lines = stdout.split("\n");
    expect(lines[1]).toMatch(/^\[demo:browser-automation-live\] command: .* browser-live-harness --fixture /);
    expect(lines.toSpliced(1, 1)).toEqual([
      `${label} [1] run-browser-live-harness`,
      ...transcript.trimEnd().split("\n"),
      `${label} PASS run-browser-live-harness`,
      `${label} [2] validate-live-summary-and-write-report`,
      `${label} PASS validate-live-summary-and-write-report`,
      `${label} summary_json=${at("browser-live-summary.json")}`,
      `${label} report_json=${at("browser-live-report.json")}`,
      `${label} transcript_log=${at("browser-live-transcript.log")}`,
      `${label} summary: total=2 passed=2 failed=0`,
    ]);
    const summary = JSON.parse(await real.bench.text(root, "browser-live-summary.json"));
    const report = await real.bench.text(root, "browser-live-report.json");
    expect(report).toBe(
      JSON.stringify(
        {
          schema_version: 1,
          summary_path: at("browser-live-summary.json"),
          transcript_path: at("browser-live-transcript.log"),
          health_state: "healthy",
          reason_codes: ["artifact_persisted"],
          discovered_cases: 3,
          success_cases: 3,
          artifact_records: 8,
          timeline: summary.timeline,
        },
        null,
        2,
      ),
    );
  });

  it("begins from nothing each time, but refuses to delete somebody's folder", async () => {
    await mkdir(real.bench.path("root/state"), { recursive: true });
    await writeFile(real.bench.path("root/browser-live-summary.json"), "old");
    await writeFile(real.bench.path("root/notes.txt"), "mine");
    const refused = await real.start(["browser-live", "--work-root", "root"]);
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain("expected an empty folder or an earlier run's, found notes.txt");
    expect(await real.bench.text("root/notes.txt")).toBe("mine");
    expect(await real.bench.text("root/browser-live-summary.json")).toBe("old");
  });

  it("deletes the last run's summary before a run that fails", async () => {
    await mkdir(real.bench.path(root), { recursive: true });
    await writeFile(real.bench.path(root, "browser-live-summary.json"), "old");
    const failed = await real.start(["browser-live"], { GATEHOUSE_CHROMIUM: "/nonexistent/chromium" });
    expect(failed.exitCode).toBe(1);
    expect(failed.stdout).toContain("GATEHOUSE_CHROMIUM: expected the path of an executable browser");
    expect(failed.stdout).toContain(`${label} FAIL run-browser-live-harness exit=1`);
    expect(failed.stdout).not.toContain("summary: total=");
    expect(real.bench.has(root, "browser-live-summary.json")).toBe(false);
  });

  it("plays an operator's fixture as a cycle: history and last summary are kept", async () => {
    const item = {
      case_id: "missing",
      operation: "navigate",
      url: "@origin@/nowhere.html",
      expected: {
        outcome: "malformed_input",
        status_code: 400,
        error_code: "browser_automation_invalid_url",
      },
    };
    const fixture = await real.bench.write("own.json", { schema_version: 1, name: "own", cases: [item] });
    const args = [
      "browser-live",
      "--fixture",
      fixture,
      "--state-dir",
      "kept",
      "--summary-json-out",
      "out.json",
    ];
    for (let run = 0; run < 2; run += 1) expect((await real.start(args)).exitCode).toBe(0);
    const events = (await real.bench.text("kept/runtime-events.jsonl")).trimEnd().split("\n");
    expect(events.map((line) => JSON.parse(line).health_transition)).toEqual(["unknown->healthy", "steady"]);
    expect(JSON.parse(await real.bench.text("out.json"))).toMatchObject({
      malformed_cases: 1,
      health_state: "healthy",
    });
    const before = await real.bench.text("out.json");
    const drifting = { ...item, expected: { outcome: "success", status_code: 200 } };
    await real.bench.write("own.json", { schema_version: 1, name: "own", cases: [drifting] });
    expect((await real.start(args)).exitCode).toBe(1);
    expect(await real.bench.text("out.json")).toBe(before);
  });

  it("ends its browser when it takes too long, and when it is asked to stop", async () => {
    const pages = await serveTestPages();
    try {
      const item = {
        case_id: "hang",
        operation: "navigate",
        url: `${pages.origin}/hang`,
        timeout_ms: 60_000,
        expected: { outcome: "success", status_code: 200 },
      };
      const fixture = await real.bench.write("hang.json", { schema_version: 1, name: "hang", cases: [item] });
      const late = await real.start(["browser-live", "--fixture", fixture, "--timeout-seconds", "4"]);
      expect(late.exitCode).toBe(124);
      expect(late.stdout).toContain(`${label} FAIL run-browser-live-harness exit=124`);

      const running = real.start(["browser-live", "--fixture", fixture]);
      await expect.poll(() => real.browserProcess()).not.toBeNull();
      running.kill("SIGTERM");
      const stopped = await running;
      expect(stopped.exitCode).toBe(143);
      expect(stopped.stderr).toContain("stopped by SIGTERM");
    } finally {
      await pages.close();
    }
  });

  it.each([
    [["--timeout-seconds", "0"], "--timeout-seconds: expected a whole number of 1 or more, found '0'"],
    [["--playwright-cli", "/nonexistent"], "provided --playwright-cli is not executable: /nonexistent"],
    [["--repo-root", "/nonexistent"], "invalid --repo-root path"],
    [["--unknown"], "--unknown"],
    [["--fixture", "a", "--fixture", "b"], "cannot be used multiple times"],
  ])("refuses %j with exit code 2", async (args, message) => {
    const { exitCode, stderr } = await real.start(["browser-live", ...args]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});

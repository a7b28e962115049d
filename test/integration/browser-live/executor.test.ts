import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { servePages } from "../../../main/browser-live/live-run/page-server";
import { RealBrowser } from "./real-browser";
import { serveTestPages } from "./test-pages";

let real: RealBrowser;

beforeEach(async () => {
  real = await RealBrowser.create();
});
afterEach(() => real.dispose());

const demoPages = fileURLToPath(new URL("../../../fixtures/browser-live/pages", import.meta.url));
const success = { outcome: "success", status_code: 200 };
const rejected = (status: number, code: string) => ({
  outcome: status >= 500 ? "retryable_failure" : "malformed_input",
  status_code: status,
  error_code: `browser_automation_${code}`,
});
const sessionFile = ".tau/browser-executor-session.json";

async function session(): Promise<{ pid: number; profile_dir: string }> {
  return JSON.parse(await real.bench.text(sessionFile));
}

async function profiles(): Promise<readonly string[]> {
  return (await readdir(real.bench.path("tmp"))).filter((name) => name.startsWith("gatehouse-browser-"));
}

describe("harness, executor and browser, all real", () => {
  it("types, clicks, waits and sees what that did to the page", async () => {
    const pages = await servePages(demoPages);
    try {
      const action = (case_id: string, keys: object) => ({
        case_id,
        operation: "action",
        timeout_ms: 5_000,
        expected: success,
        ...keys,
      });
      const run = await real.harness([
        {
          case_id: "open",
          operation: "navigate",
          url: `${pages.origin}/release-console.html`,
          expected: success,
        },
        action("note", { action: "type", selector: "#note", text: "ab", action_repeat_count: 2 }),
        action("twice", { action: "click", selector: "#run", action_repeat_count: 2 }),
        action("listed", { action: "wait", selector: "#runs li:nth-child(2)" }),
        { case_id: "see", operation: "snapshot", expected: success },
      ]);
      expect(run.all).toContain("discovered=5 success=5");
      expect(run.exitCode).toBe(0);
      const folder = real.bench.path(
        "state/channel-store/channels/browser-automation/live/artifacts/live-see",
      );
      const files = await readdir(folder);
      const read = (type: string) =>
        readFile(path.join(folder, files.find((name) => name.startsWith(type)) ?? ""), "utf8");
      expect(await read("dom_snapshot")).toContain(
        '<ol id="runs"><li>All gates pass: abab</li><li>All gates pass: abab</li></ol>',
      );
      expect(await read("screenshot")).toMatch(
        /^<svg [^>]*width="1280" height="800"[^>]*><image [^>]*href="data:image\/png;base64,iVBOR/,
      );
      expect(JSON.parse(await read("trace"))).toMatchObject({
        schema_version: 1,
        request: { operation: "snapshot" },
        events: [{ event: "started" }, { event: "finished" }],
      });
    } finally {
      await pages.close();
    }
  });

  it("answers what goes wrong with the protocol's codes, and goes on with the next case", async () => {
    const other = await RealBrowser.create();
    const pages = await serveTestPages();
    try {
      const navigate = (case_id: string, url: string, expected: object, timeout_ms = 60_000) => ({
        case_id,
        operation: "navigate",
        url,
        timeout_ms,
        expected,
      });
      const act = (case_id: string, keys: object, expected: object) => ({
        case_id,
        operation: "action",
        action: "click",
        timeout_ms: 5_000,
        expected,
        ...keys,
      });
      // What a page that never answers holds up, a second browser does meanwhile.
      const [stuck, run] = await Promise.all([
        other.harness([
          navigate("hangs", `${pages.origin}/hang`, rejected(504, "timeout"), 800),
          navigate("computes", `${pages.origin}/loop`, rejected(504, "timeout"), 800),
          navigate("recovers", `${pages.origin}/good`, success),
        ]),
        real.harness([
          navigate("good", `${pages.origin}/good`, success),
          act("no element", { selector: "#nope", timeout_ms: 700 }, rejected(422, "invalid_selector")),
          act("no selector", { selector: "##[" }, rejected(422, "invalid_selector")),
          act(
            "never comes",
            { action: "wait", selector: "#nope", timeout_ms: 700 },
            rejected(504, "timeout"),
          ),
          act(
            "not a field",
            { action: "type", selector: "#run", text: "x" },
            rejected(422, "invalid_selector"),
          ),
          navigate("broken", `${pages.origin}/broken`, rejected(503, "backend_unavailable")),
          navigate("missing", `${pages.origin}/none`, rejected(400, "invalid_url")),
          navigate("refused", "http://127.0.0.1:1/", rejected(503, "backend_unavailable")),
          navigate("scheme", "gopher://x/", rejected(400, "invalid_url")),
          navigate("no file", "file:///nonexistent.html", rejected(400, "invalid_url")),
        ]),
      ]);
      expect(stuck.exitCode, stuck.all).toBe(0);
      expect(await other.summary()).toMatchObject({
        discovered_cases: 3,
        success_cases: 1,
        malformed_cases: 0,
        retryable_failures: 2,
        timeout_failures: 2,
        health_state: "degraded",
      });
      expect((await other.bodies())[0]?.["detail"]).toBe("navigate took longer than 800 ms");
      expect(run.exitCode, run.all).toBe(0);
      expect(await real.summary()).toMatchObject({
        discovered_cases: 10,
        success_cases: 1,
        malformed_cases: 6,
        retryable_failures: 3,
        timeout_failures: 1,
        health_state: "degraded",
      });
      const details = (await real.bodies()).map((body) => body["detail"]);
      expect(details[1]).toBe("no element matches '#nope'");
      expect(details[5]).toBe(`${pages.origin}/broken answered 500`);
      expect(details[7]).toMatch(/^http:\/\/127\.0\.0\.1:1\/: ERR_/);
    } finally {
      await other.dispose();
      await pages.close();
    }
  });

  it("counts a browser that is killed in the middle as a missing backend", async () => {
    const pages = await serveTestPages({
      "/kill": () => {
        void real.browserProcess().then((pid) => pid !== null && process.kill(pid, "SIGKILL"));
      },
    });
    try {
      const run = await real.harness([
        {
          case_id: "killed",
          operation: "navigate",
          url: `${pages.origin}/kill`,
          // Long enough that a busy machine does not call it a timeout first.
          timeout_ms: 60_000,
          expected: rejected(503, "backend_unavailable"),
        },
        { case_id: "gone", operation: "snapshot", expected: rejected(503, "backend_unavailable") },
      ]);
      expect(run.exitCode, run.all).toBe(0);
      expect(await real.summary()).toMatchObject({ retryable_failures: 2, health_state: "degraded" });
      const details = (await real.bodies()).map((body) => body["detail"]);
      expect(details[1]).toContain("the browser of this session is gone: run start-session again");
      expect(await profiles()).toEqual([]);
    } finally {
      await pages.close();
    }
  });

  it("finds and ends the browser of a run that was killed", async () => {
    const pages = await serveTestPages();
    try {
      const open = (case_id: string, url: string) => [
        { case_id, operation: "navigate", url, timeout_ms: 60_000, expected: success },
      ];
      const running = real.harness(open("hangs", `${pages.origin}/hang`)).catch(() => undefined);
      await expect.poll(() => real.browserProcess()).not.toBeNull();
      const orphan = await real.browserProcess();
      real.killHarness();
      await running;
      expect(await real.browserProcess()).toBe(orphan);
      const next = await real.harness(open("good", `${pages.origin}/good`));
      expect(next.exitCode, next.all).toBe(0);
      expect(await real.browserProcess()).toBeNull();
      expect(await profiles()).toEqual([]);
    } finally {
      await pages.close();
    }
  });
});

describe("executor session", () => {
  it("starts a browser, replaces one that is there, and ends exactly its own", async () => {
    expect((await real.execute("start-session")).answer).toMatchObject({ status: "ok" });
    const first = await session();
    expect(await real.browserProcess()).toBe(first.pid);
    expect((await real.execute("start-session")).exitCode).toBe(0);
    const second = await session();
    expect(await real.browserProcess()).toBe(second.pid);
    expect(await profiles()).toEqual([path.basename(second.profile_dir)]);
    const ended = await real.execute("shutdown-session");
    expect(ended.answer.ended_processes).toBeGreaterThan(1);
    expect([await real.processes(), await profiles(), real.bench.has(sessionFile)]).toEqual([[], [], false]);
    expect((await real.execute("shutdown-session")).answer).toEqual({ status: "ok", ended_processes: 0 });
  });

  it("says what to do when there is no browser to ask", async () => {
    const request = '{"operation":"snapshot"}';
    const none = await real.execute("execute-action", request);
    expect([none.exitCode, none.stderr]).toEqual([1, expect.stringContaining("run start-session first")]);
    await real.execute("start-session");
    process.kill((await session()).pid, "SIGKILL");
    const gone = await real.execute("execute-action", request);
    expect([gone.exitCode, gone.stderr]).toEqual([
      1,
      expect.stringContaining("is gone: run start-session again"),
    ]);
    expect((await real.execute("start-session")).exitCode).toBe(0);
    expect((await real.execute("execute-action", request)).answer).toMatchObject({ status_code: 200 });
    await real.execute("shutdown-session");
  });

  it("never touches a folder or a process that is not its own", async () => {
    const profile = real.bench.path("tmp");
    const file = { schema_version: 1, profile_dir: profile, pid: process.pid, port: 1, snapshots: 0 };
    await real.execute("start-session");
    await real.execute("shutdown-session");
    await writeFile(real.bench.path(sessionFile), JSON.stringify(file));
    const refused = await real.execute("shutdown-session");
    expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringContaining("profile_dir: expected")]);
    expect(real.bench.has("tmp")).toBe(true);
    // A process id that now belongs to somebody else: this test's own.
    const stale = { ...file, profile_dir: real.bench.path("tmp/gatehouse-browser-AAAAAA") };
    await writeFile(real.bench.path(sessionFile), JSON.stringify(stale));
    expect((await real.execute("shutdown-session")).answer).toEqual({ status: "ok", ended_processes: 0 });
  });

  it.each([
    [["execute-action", "{"], 1, "is not JSON"],
    [["execute-action", '{"operation":"snapshot","timeout_ms":-1}'], 1, "timeout_ms"],
    [["execute-action"], 2, "start-session | execute-action <json> | shutdown-session"],
    [["dance"], 2, "start-session | execute-action <json> | shutdown-session"],
  ])("refuses %j", async (args, exitCode, message) => {
    const refused = await real.execute(...args);
    expect([refused.exitCode, refused.stderr]).toEqual([exitCode, expect.stringContaining(message)]);
  });
});

import { describe, expect, test } from "vitest";
import type { CommandOutcome } from "#contract/requests";
import { refusalCodes } from "#contract/rollout/command";
import { summaryOf } from "#domain/rollout/summary";
import { historyTable } from "../../../main/cli/commands/rollout/history-table";
import { printable } from "../../../main/cli/commands/rollout/layout";
import { reportOutcome, standingExitCode, standingLine } from "../../../main/cli/commands/rollout/outcome";
import { statusScreen } from "../../../main/cli/commands/rollout/status-screen";
import { timelineList } from "../../../main/cli/commands/rollout/timeline-list";
import { healthyObservation, withSample } from "../../support/rollout/observation";
import { profileWith, Story } from "../rollout/story";

const minute = 60_000;
const healthy = () => new Story().reach("canary-1").check();
const holding = () =>
  healthy()
    .wait(5 * minute)
    .check((seen) => withSample(seen, "voice", { queueDepth: 2 }));
const rolledBack = () =>
  new Story().reach("canary-2").check((seen) => withSample(seen, "memory", { failureStreak: 3 }));

describe("the status screen", () => {
  test("shows what holds with expectation, observation, remedy and the record's place", () => {
    const lines = statusScreen(holding().view(), "the window of process 7").split("\n");
    const at = lines.findIndex((line) => line.startsWith("  HOLDS  G7  "));
    expect(lines[at]).toMatch(/ {2}\[Voice, failed\]$/);
    expect(lines.slice(at + 1, at + 5).map((line) => line.trim().split(/ {2,}| (?=\S)/)[0])).toEqual([
      "expected",
      "observed",
      "to",
      "record",
    ]);
    expect(lines[at + 4]).toMatch(/ \.tau\/voice\/state\.json:3:24$/);
    expect(lines).toContain("Rules           8 of 9 demanded ones pass");
    expect(lines).toContain("Soak            0 s of 30 min proven, 30 min left");
    expect(lines).toContain("Asked           the window of process 7");
    expect(lines.some((line) => line.startsWith("now   Canary 1 "))).toBe(true);
  });

  test("aligns its phases, and marks a rehearsal first of all", () => {
    const screen = statusScreen(new Story(profileWith({ rehearsal: true })).reach("canary-1").view(), "x");
    expect(screen).toMatch(/^REHEARSAL: this proves the procedure, not the release\n/);
    const lines = screen.split("\n");
    const head = lines.find((line) => line.includes("Percent")) ?? "";
    const rows = lines.slice(lines.indexOf(head) + 1, lines.indexOf(head) + 6);
    for (const row of rows) expect(row.slice(head.indexOf("Percent"))).toMatch(/^\d+ %/);
    expect(statusScreen(new Story().view(), "x")).not.toContain("REHEARSAL");
  });

  test("shows the trigger that decided and the six steps of the rollback", () => {
    const screen = statusScreen(rolledBack().view(), "x");
    expect(screen).toMatch(
      /\n {2}FIRED {2}T2 {2}Failure streak breach {2}\[check \d+, .*, decided\]\n.*\n.*\n +observed {2}Memory: failure_streak=3\n +record {4}\S+:3:24\n/,
    );
    for (let step = 2; step <= 6; step += 1) expect(screen).toMatch(new RegExp(`\\n  open   ${step}\\. `));
    expect(screen).toMatch(/\n {2}done {3}1\. Freeze promotion and record incident timestamp\n/);
  });
});

test("the history has one aligned row for each rollout, and says which journals are broken", () => {
  const rows = [
    summaryOf(rolledBack().state, ""),
    summaryOf(new Story(profileWith({ rehearsal: true })).state, "entry 3"),
  ];
  const [head = "", first = "", second = "", ...rest] = historyTable({ total: 12, rollouts: rows }).split(
    "\n",
  );
  for (const column of ["Version", "Status", "Percent", "Triggers"])
    for (const row of [first, second]) expect(row[head.indexOf(column) - 1]).toBe(" ");
  expect(first).toMatch(/ rolling back +Canary 2 +0 % .* T2 /);
  expect(second).toMatch(/ default REHEARSAL +journal broken /);
  expect(rest).toEqual([`${rows[1]?.rolloutId}: entry 3`, "2 of 12"]);
});

test("the line of a rollout never says that nothing holds where no evidence or a pause does", () => {
  expect(standingLine(healthy().view())).toMatch(/; nothing holds$/);
  expect(standingLine(holding().view())).toMatch(/; holding: G7 Voice$/);
  const entered = new Story().reach("canary-1").view();
  expect(standingLine(entered)).toMatch(/; no check in this phase yet$/);
  expect(statusScreen(entered, "x")).toMatch(/\nRules +no check in this phase yet\n/);
  expect(standingLine(healthy().command("pause").view())).toMatch(/; Canary 1, paused; .* proven$/);
  expect(standingLine(healthy().view({ problem: "entry 3" }))).toMatch(/; holding: the journal$/);
  expect(standingLine(healthy().command("abort").view())).not.toContain("holds");
  expect(standingLine(new Story().reach("general-availability").soak().command("promote").view())).toMatch(
    /; nothing holds$/,
  );
});

test("the timeline names who decided: Gatehouse where a trigger did", () => {
  const story = new Story().reach("canary-2");
  const observation = withSample(healthyObservation(story.now), "memory", { failureStreak: 3 });
  const { events } = story.feed({ kind: "check", trigger: "scheduled", observation, effectId: "effect" });
  const entry = { sequence: 7, byteOffset: 0, hash: "", unixMs: story.now.unixMs, events: [...events] };
  expect(timelineList({ total: 1, entries: [entry] })).toMatch(
    /rollback opened in Canary 2: 0 % by Gatehouse: T2 fired in check \d+/,
  );
});

test("what came from files and operators cannot steer a terminal", () => {
  expect(printable("a\u001b[2Jb\r\u0007\u009b1m\u202ec\nd")).toBe(
    "a\\u001b[2Jb\\u000d\\u0007\\u009b1m\\u202ec\nd",
  );
});

describe("exit codes", () => {
  test.each([
    ["a healthy phase", healthy, 0],
    ["no check yet", () => new Story(), 3],
    ["a phase without a check", () => new Story().reach("canary-1"), 3],
    ["a gate that holds", holding, 3],
    ["a pause", () => healthy().command("pause"), 3],
    ["a rollback", rolledBack, 5],
    ["an abort", () => healthy().command("abort"), 5],
    ["completion", () => new Story().reach("general-availability").soak().command("promote"), 0],
  ])("status of %s", (_, story, exitCode) => {
    expect(standingExitCode(story().view())).toBe(exitCode);
  });

  test("status of a journal that cannot be trusted holds", () => {
    expect(standingExitCode(healthy().view({ problem: "entry 3" }))).toBe(3);
  });

  const report = (outcome: CommandOutcome, json = false) => {
    const out: string[] = [];
    const error: string[] = [];
    const exitCode = reportOutcome(outcome, json, {
      out: (text) => void out.push(text),
      error: (text) => void error.push(text),
    });
    return { exitCode, out: out.join("\n"), error: error.join("\n") };
  };
  const refused = (code: (typeof refusalCodes)[number]): CommandOutcome => ({
    outcome: "refused",
    message: "",
    refusal: { code, message: "Not now.", details: ["why"] },
    rollout: healthy().view(),
  });

  test.each(refusalCodes.map((code) => [code] as const))(
    "a refusal %s is 3 when something holds, else 4",
    (code) => {
      const holds = [
        "gates-hold",
        "soak-incomplete",
        "no-check",
        "evidence-old",
        "freeze-window",
        "hook-not-done",
        "paused",
      ];
      const reported = report(refused(code));
      expect(reported.exitCode).toBe(holds.includes(code) ? 3 : 4);
      expect(reported.error).toMatch(
        new RegExp(`^refused \\(${code}\\): Not now\\.\\n  why\\nNow: revision \\d+; Canary 1; `),
      );
      expect(reported.out).toBe("");
    },
  );

  test("a promotion whose own check rolled back ends with 5", () => {
    expect(report({ ...refused("state-changed"), rollout: rolledBack().view() }).exitCode).toBe(5);
  });

  test("what was decided while its hook failed holds", () => {
    const percentHook = {
      program: "shift",
      args: [],
      cwd: ".",
      timeoutMs: 1_000,
      attempts: 1,
      retryDelayMs: 0,
    };
    const story = new Story(profileWith({ percentHook })).check().command("promote");
    const done: CommandOutcome = { outcome: "done", message: "In.", refusal: null, rollout: story.view() };
    expect(report(done).exitCode).toBe(0);
    expect(standingExitCode(story.view())).toBe(3);
    const effectId = story.state.effects[0]?.effectId ?? "";
    story.feed({ kind: "effect-attempt", effectId });
    story.feed({ kind: "effect-result", effectId, ok: false, detail: "exit code 7", output: "" });
    expect(report({ ...done, rollout: story.view() }).exitCode).toBe(3);
    expect(standingLine(story.view())).toMatch(/; holding: R-HOOK$/);
  });

  test("what was done, or was so already, is 0; as JSON it is the contract's outcome", () => {
    const done: CommandOutcome = {
      outcome: "done",
      message: "Paused.",
      refusal: null,
      rollout: healthy().view(),
    };
    expect(report(done)).toMatchObject({ exitCode: 0, error: "" });
    expect(report(done).out).toMatch(
      /^Paused\.\nNow: revision \d+; Canary 1; 5 % declared; 0 s of 30 min proven; nothing holds\nNext: /,
    );
    expect(report({ ...done, outcome: "unchanged" }).exitCode).toBe(0);
    expect(JSON.parse(report(refused("paused"), true).out)).toEqual(refused("paused"));
  });
});

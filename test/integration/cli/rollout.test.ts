import { rm } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { requests } from "#contract/requests";
import { filesBelow } from "../runner/cycle-harness";
import { waitMs } from "../../support/limits";
import { CommandedRollout, outcomeOf } from "./commanded-rollout";
import { temporaryFolder } from "../../support/temporary-folder";
import { gatehouse } from "./gatehouse";

/** Everything that a phase demands, and its promotion, each command in a process of its own. */
async function promote(rollout: CommandedRollout): Promise<void> {
  await rollout.workspace.runSurfaces();
  for (const args of [["check"], ["check"], ["promote", "--reason", "all green"]]) {
    const { exitCode, stderr, stdout } = await rollout.run(...args);
    expect([exitCode, stderr], stdout).toEqual([0, ""]);
  }
}

describe("a rollout by hand, with no console open", () => {
  test("goes from start to complete, with every step in its timeline", async () => {
    const rollout = await CommandedRollout.make();
    const started = await rollout.run("start", "--profile", "quick", "--reason", "release 2.8");
    expect(started).toMatchObject({ exitCode: 0, stderr: "" });
    expect(started.stdout).toMatch(
      /^REHEARSAL {2}.*\nNow: revision \d+; Preflight; 0 % declared; no check in this phase yet\nNext: /,
    );
    expect((await rollout.status()).exitCode).toBe(3);

    for (const phase of ["canary-1", "canary-2", "canary-3", "general-availability"]) {
      await promote(rollout);
      expect((await rollout.status()).view).toMatchObject({ status: phase, phase, rehearsal: true });
    }
    await promote(rollout);
    const { view, exitCode } = await rollout.status();
    expect(view).toMatchObject({ status: "complete", percent: 100, ended: true });
    expect(exitCode).toBe(0);

    const timeline = await rollout.run("timeline", "--json", "--limit", "500");
    const { entries, total } = requests["rollout.timeline"].output.parse(JSON.parse(timeline.stdout));
    expect(entries).toHaveLength(total);
    const entered = entries
      .flatMap(({ events }) => events)
      .flatMap((event) => (event.type === "phase-entered" ? [event] : []));
    expect(entered.map(({ percent, reason }) => [percent, reason])).toEqual([
      [100, "all green"],
      [50, "all green"],
      [25, "all green"],
      [5, "all green"],
    ]);
    const text = await rollout.run("timeline", "--limit", "500");
    expect(text).toMatchObject({ exitCode: 0, stderr: "" });
    for (const line of [
      /started 2\.8\.0 \(7c1e5d2a9b406f83\) with quick by \S+: release 2\.8/,
      /entered Canary 1: 5 % by \S+: all green/,
      /check \d+ \(manual\): soak counted, /,
      /check \d+ \(promotion\): /,
      /completed by \S+: all green/,
    ])
      expect(text.stdout).toMatch(line);

    const history = await rollout.run("history");
    expect(history.stdout).toMatch(
      /\n\S+ +2\.8\.0 +7c1e5d2a9b40 +quick REHEARSAL +complete +General availability +100 % /,
    );
  });

  test("takes its candidate from flags before the workspace's proposal", async () => {
    const rollout = await CommandedRollout.make();
    const started = await rollout.run(
      ...["start", "--profile", "quick", "--reason", "hotfix", "--json"],
      ...["--candidate-version", "2.8.1", "--candidate-created", "2026-02-13T17:00:00Z"],
    );
    expect(started).toMatchObject({ exitCode: 0, stderr: "" });
    expect(outcomeOf(started).rollout?.candidate).toEqual({
      version: "2.8.1",
      commit: "7c1e5d2a9b406f83",
      createdUnixMs: Date.UTC(2026, 1, 13, 17),
    });
    const again = await rollout.run("start", "--profile", "quick", "--reason", "another");
    expect(again.stderr).toMatch(/^refused \(rollout-active\): /);
    expect(again).toMatchObject({ exitCode: 4, stdout: "" });
    const unknown = await rollout.run("start", "--profile", "none-such", "--reason", "x", "--json");
    expect(outcomeOf(unknown).refusal?.code).toMatch(/unknown-profile|rollout-active/);
    expect(unknown.exitCode).toBe(4);
  });

  test("what holds is told with the record that says so; what would pass it by is refused with 3", async () => {
    const rollout = await CommandedRollout.make();
    const ci = JSON.parse(await rollout.read(".gatehouse/evidence/ci.json")) as object;
    await rollout.workspace.write(
      ".gatehouse/evidence/ci.json",
      JSON.stringify({ ...ci, conclusion: "skipped" }, null, 2),
    );
    await rollout.start();
    const unchecked = await rollout.run("promote", "--reason", "hurry");
    // The check that a promotion begins with found what was not known when it was decided.
    expect(unchecked.stderr).toMatch(/^refused \(state-changed\): (.*\n)+Now: revision \d+; .*holding: G2\n/);
    expect(unchecked.exitCode).toBe(4);

    const check = await rollout.run("check");
    expect(check.exitCode).toBe(3);
    const status = await rollout.run("status");
    expect(status.exitCode).toBe(3);
    expect(status.stdout).toMatch(/^REHEARSAL: this proves the procedure, not the release\n/);
    expect(status.stdout).toMatch(/\n {2}HOLDS {2}G2 {2}.*\n +expected {2}.*\n +observed {2}.*skipped/);
    expect(status.stdout).toMatch(/\n +record +\.gatehouse\/evidence\/ci\.json/);
    const promote = await rollout.run("promote", "--reason", "hurry", "--json");
    expect(promote.exitCode).toBe(3);
    expect(outcomeOf(promote)).toMatchObject({ outcome: "refused", refusal: { code: "gates-hold" } });
  });

  test("a command is bound to the state it was decided on", async () => {
    const rollout = await CommandedRollout.make();
    await rollout.start();
    const { view } = await rollout.status();
    const paused = await rollout.run("pause", "--reason", "lunch", "--revision", String(view.revision));
    expect(paused).toMatchObject({ exitCode: 0, stderr: "" });
    const late = await rollout.run("abort", "--reason", "late", "--revision", String(view.revision));
    expect(late.exitCode).toBe(4);
    expect(late.stderr).toMatch(
      /^refused \(state-changed\): .*\n(.*\n)*Now: revision \d+; Preflight, paused; /,
    );
    expect((await rollout.status()).exitCode).toBe(3);

    const again = await rollout.run("pause", "--reason", "lunch", "--json");
    expect(outcomeOf(again)).toMatchObject({ outcome: "unchanged", refusal: null });
    expect(again.exitCode).toBe(0);
    const promote = await rollout.run("promote", "--reason", "hurry");
    expect(promote.stdout).toMatch(/^Decided on \S+: revision \d+; Preflight, paused; 0 % declared$/m);
    expect(promote).toMatchObject({ exitCode: 3 });
    expect(promote.stderr).toMatch(/^refused \(paused\): /);
    expect((await rollout.run("resume", "--reason", "back")).exitCode).toBe(0);
  });

  test("abort ends it for good; only a rollback or another rollout is left", async () => {
    const rollout = await CommandedRollout.make();
    await rollout.start();
    await rollout.promote();
    expect((await rollout.run("abort", "--reason", "wrong build")).exitCode).toBe(0);
    const aborted = await rollout.status();
    expect(aborted).toMatchObject({ exitCode: 5, view: { status: "aborted", percent: 5 } });
    for (const command of ["resume", "promote", "pause", "abort"]) {
      const refused = await rollout.run(command, "--reason", "undo");
      expect(refused.stderr).toMatch(/^refused \(rollout-ended\): /);
      expect(refused.exitCode).toBe(4);
    }
    expect((await rollout.run("rollback", "--reason", "take it back")).exitCode).toBe(0);
    const rolling = await rollout.run("status");
    expect(rolling.exitCode).toBe(5);
    expect(rolling.stdout).toMatch(/\n {2}done {3}1\. Freeze promotion and record incident timestamp\n/);
    expect(rolling.stdout).toMatch(
      /\n {2}open {3}5\. Revert\/redeploy .*\n +git revert <release_commit_sha>\n/,
    );
    await rollout.start();
    expect((await rollout.status()).view).toMatchObject({ status: "preflight" });
    const { stdout } = await rollout.run("history", "--json", "--limit", "1");
    const { total, rollouts } = requests["rollout.list"].output.parse(JSON.parse(stdout));
    expect({ total, statuses: rollouts.map(({ status }) => status) }).toEqual({
      total: 2,
      statuses: ["preflight"],
    });
  });

  test("a surface that fails rolls back, and the check says so with 5", async () => {
    const rollout = await CommandedRollout.make();
    await rollout.start();
    await rollout.promote();
    await rollout.workspace.runSurfaces();
    expect((await rollout.run("check")).exitCode).toBe(0);
    await rollout.workspace.runSurface("memory", {}, ["case_processing_failed"]);
    const check = await rollout.run("check");
    expect(check.exitCode).toBe(5);
    const status = await rollout.run("status");
    expect(status.stdout).toMatch(
      /\n {2}FIRED {2}T3 {2}.*decided\]\n(.*\n)+? +observed {2}Memory: .*\n +record {4}\.tau\/memory\/runtime-events\.jsonl:\d+:\d+\n/,
    );
  });

  test("gives the percent by the hook before it is over, and says when the hook failed", async () => {
    const hook = `
      const { GATEHOUSE_PHASE: phase, GATEHOUSE_PERCENT: percent, GATEHOUSE_ATTEMPT: attempt } = process.env;
      require("node:fs").appendFileSync("given.txt", phase + " " + percent + " " + attempt + "\\n");
      if (require("node:fs").existsSync("broken")) { console.log("no route"); process.exit(7); }`;
    const percentHook = {
      program: process.execPath,
      args: ["-e", hook],
      cwd: ".",
      timeoutMs: waitMs,
      attempts: 2,
      retryDelayMs: 0,
    };
    const rollout = await CommandedRollout.make({ percentHook });
    await rollout.start();
    await rollout.promote();
    expect(await rollout.read("given.txt")).toBe("canary-1 5 1\n");
    expect((await rollout.status()).view.effects).toMatchObject([{ percent: 5, state: "done" }]);

    await rollout.workspace.write("broken", "");
    const rollback = await rollout.run("rollback", "--reason", "errors");
    expect(rollback).toMatchObject({ exitCode: 3, stderr: "" });
    expect(rollback.stdout).toMatch(/\nNext: The hook failed to give 0 % after 2 of 2 attempts: /);
    const failed = await rollout.status();
    expect(failed).toMatchObject({ exitCode: 5, view: { status: "rolling_back" } });
    expect(failed.view.effects.at(-1)).toMatchObject({ purpose: "rollback", percent: 0, state: "failed" });
    expect(failed.view.effects.at(-1)?.output).toContain("no route");

    await rm(rollout.workspace.file("broken"));
    expect(await rollout.run("retry-hook", "--reason", "route is back")).toMatchObject({ exitCode: 0 });
    expect((await rollout.status()).view.effects.at(-1)).toMatchObject({ state: "done" });
    expect(await rollout.read("given.txt")).toBe("canary-1 5 1\nrollback 0 1\nrollback 0 2\nrollback 0 1\n");
  });

  test("takes a new baseline for a surface whose log was replaced", async () => {
    const rollout = await CommandedRollout.make();
    await rollout.start();
    await rollout.promote();
    await rm(rollout.workspace.file(".tau/memory"), { recursive: true });
    await rollout.workspace.runSurfaces();
    expect((await rollout.run("check")).exitCode).toBe(3);
    expect((await rollout.status()).view.invalidBaselines).toEqual(["memory"]);
    const other = await rollout.run("rebaseline", "--surface", "voice", "--reason", "no");
    expect(other).toMatchObject({ exitCode: 4 });
    expect(other.stderr).toMatch(/^refused \(nothing-to-do\): /);
    const taken = await rollout.run("rebaseline", "--surface", "memory", "--reason", "log rotated");
    expect(taken).toMatchObject({ exitCode: 0, stderr: "" });
    expect((await rollout.run("check")).exitCode).toBe(0);
    expect((await rollout.run("timeline")).stdout).toMatch(
      /new baseline of Memory from check \d+ by \S+: log rotated/,
    );
  });

  test("two commands at one time: exactly one of them is the one that acts", async () => {
    const rollout = await CommandedRollout.make();
    await rollout.start();
    const { view } = await rollout.status();
    const revision = String(view.revision);
    const both = await Promise.all([
      rollout.run("pause", "--reason", "one", "--revision", revision, "--json"),
      rollout.run("abort", "--reason", "other", "--revision", revision, "--json"),
    ]);
    expect(new Set(both.map(({ exitCode }) => exitCode))).toEqual(new Set([0, 4]));
    expect(both.map((ran) => outcomeOf(ran).refusal?.code ?? "done").toSorted()).toEqual([
      "done",
      expect.stringMatching(/^(state-changed|rollout-ended)$/),
    ]);
  });
});

test("help names every command with its flags", async () => {
  const help = await gatehouse(await temporaryFolder(), ["rollout", "--help"]);
  expect(help).toMatchObject({ exitCode: 0, stderr: "" });
  expect(help.stdout).toContain("gatehouse rollout pause | resume | abort | rollback | retry-hook:");
  for (const flag of ["--candidate-created", "--freeze-override-reason", "--revision", "--notable"])
    expect(help.stdout).toContain(`  ${flag} `);
});

test("a workspace without a rollout has no status, and an empty history", async () => {
  const cwd = await temporaryFolder();
  expect(await gatehouse(cwd, ["rollout", "status"])).toEqual({
    exitCode: 1,
    stdout: "",
    stderr: "Error: This workspace has no rollout yet; `gatehouse rollout start` begins one.\n",
  });
  expect(await gatehouse(cwd, ["rollout", "history"])).toMatchObject({
    exitCode: 0,
    stdout: "No rollout yet.\n",
  });
  expect((await gatehouse(cwd, ["rollout", "status", "--rollout", "nope"])).exitCode).toBe(1);
});

test.each<[string[], RegExp]>([
  [["rollout"], /^error: no command was given; expected one of start, status, /],
  [["rollout", "promte", "--reason", "x"], /^error: unexpected rollout command 'promte'/],
  [["rollout", "pause"], /^error: the argument '--reason <TEXT>' is required/],
  [
    ["rollout", "promote", "--reason", "x", "--revision", "newest"],
    /'newest' for '--revision <N>': expected a whole/,
  ],
  [["rollout", "rebaseline", "--reason", "x"], /'--surface <voice\|/],
  [["rollout", "history", "--limit", "2001"], /^error: invalid value for '--limit': .*2000/],
  [["rollout", "timeline", "--limit", "501"], /^error: invalid value for '--limit': .*500/],
  [["rollout", "start", "--reason", "x"], /'--candidate-version <TEXT>' is required: .*candidate\.json/],
  [
    ["rollout", "start", "--reason", "x", "--candidate-created", "today"],
    /'today' for '--candidate-created <TEXT>': expected ISO 8601/,
  ],
])("%j is a wrong command line: exit 2, and no journal", async (args, message) => {
  const cwd = await temporaryFolder();
  const ran = await gatehouse(cwd, args);
  expect(ran.stderr).toMatch(message);
  expect(ran).toMatchObject({ exitCode: 2, stdout: "" });
  expect(Object.keys(filesBelow(cwd)).filter((path) => path.includes("journal"))).toEqual([]);
});

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { beforeEach, describe, expect, it } from "vitest";
import { ownRunner } from "../../../../main/host/program-root";
import { isProcessAlive } from "../../../../main/system/process-identity";
import { lockProject } from "../../../../main/tos/runs/lock";
import { temporaryFolder } from "../../../support/temporary-folder";
import { createDeskWorkspace, type DeskWorkspace } from "../../../support/tos/desk-workspace";
import { gitIn } from "../../../support/tos/git-in";
import { waitUntil } from "../../../support/wait-until";
import { openDesk, type WatchedDesk } from "./open-desk";

let workspace: DeskWorkspace;
beforeEach(async () => {
  workspace = await createDeskWorkspace(await temporaryFolder());
});

const run = { operation: "run", clean: false, reason: "practice" } as const;
const begin = (watched: WatchedDesk, operation: "run" | "test" | "cleanrun" = "run") =>
  watched.desk.launch({
    launch: { ...run, operation, acknowledgements: [...watched.acknowledge(operation)] },
  });
const commandLine = (...args: readonly string[]) => {
  const { nodeExecutable, cliEntry } = ownRunner();
  return execa(nodeExecutable, [cliEntry, "tos", ...args, "-Root", workspace.root], { reject: false });
};
const operatorLog = async (): Promise<Record<string, unknown>[]> =>
  (await readFile(join(workspace.path, ".gatehouse/operator-log.jsonl"), "utf8"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** A command that goes on until `go-on` is written. */
const held = "until [ -e .gatehouse/go-on ]; do sleep 0.02; done";
const goOn = (): Promise<void> => workspace.write(".gatehouse/go-on", "");

/** Processor time that a process has used, in the kernel's ticks (a hundredth of a second). */
async function ticksOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(fields[11]) + Number(fields[12]);
}

/** A run whose only command goes on for a minute, once that command runs; with the command's process. */
async function beginLongRun(watched: WatchedDesk) {
  await workspace.decide([["echo begun; exec sleep 60"]]);
  const { runId } = await begin(watched);
  const command = await waitUntil("its command", () => {
    const started = watched.progressOf(runId).find(({ event }) => event.kind === "command-started");
    return started?.event.kind === "command-started" ? started.event.pid : null;
  });
  return { runId, command };
}

describe("a run of the desk", () => {
  it("is announced as it goes, in order and without a hole, and ends as its file says", async () => {
    const watched = await openDesk(workspace.path);
    const begun = await begin(watched);
    expect(begun).toMatchObject({ operation: "run", from: "window", reason: "practice", subject: "" });
    const ended = await watched.ended(begun.runId);
    expect(ended).toMatchObject({ state: "ended", exitCode: 0, endReason: "done (job 1/3 completed)" });
    expect(ended.acknowledgements).toEqual(begun.acknowledgements);
    const told = watched.progressOf(begun.runId);
    expect(told.map(({ sequence }) => sequence)).toEqual(told.map((_, index) => index + 1));
    expect(told.map(({ event }) => event.kind)).toEqual(
      expect.arrayContaining(["started", "model-called", "commands-judged", "command-output", "ended"]),
    );
    const asked = await watched.desk.progress({ runId: begun.runId, afterSequence: 3, limit: 5_000 });
    expect(asked.entries).toEqual(told.slice(3));
    expect(asked.run).toEqual(ended);
    const view = await watched.until("the run's files", ({ phase }) => phase?.currentPhase === "done");
    expect(view.steps.map(({ file, phase }) => `${file} ${phase}`)).toEqual([
      "step_001.json execute",
      "step_002.json execute",
      "step_003.json done",
    ]);
    const { commands } = await watched.desk.step({ file: "step_001.json" });
    expect(commands.map(({ code, returnCode, stdout }) => [code, returnCode, stdout])).toEqual([
      ["echo looked round", 0, "looked round\n"],
    ]);
    expect(
      JSON.parse((await workspace.read("logs/last_run_summary.json")).replace(/^\uFEFF/, "")),
    ).toMatchObject({
      phase: "done",
      end_reason: "done (job 1/3 completed)",
    });
    const entry = (await operatorLog()).find(({ action }) => action === "run");
    expect(entry).toMatchObject({ surface: "tos", reason: "practice" });
    expect(entry?.["effect"]).toContain(`TOS run ${begun.runId} begun`);
    expect(watched.problems).toEqual([]);
  });

  it("is seen when a command line began it, and by a console that opens in its middle", async () => {
    await workspace.decide([[`echo one; ${held}`], ["true"]], 20);
    const first = await openDesk(workspace.path);
    const process = commandLine("-Mode", "test");
    const view = await first.until("the run", ({ run: now }) => now !== null);
    expect(view.run).toMatchObject({ operation: "test", from: "command line", state: "running" });
    const runId = view.run?.runId ?? "";
    const second = await openDesk(workspace.path);
    expect(second.run(runId)?.operation).toBe("test");
    await goOn();
    const { exitCode } = await process;
    const [ended, alsoEnded] = await Promise.all([first.ended(runId), second.ended(runId)]);
    expect(ended).toEqual(alsoEnded);
    expect(ended.exitCode).toBe(exitCode);
    const all = (await first.desk.progress({ runId, afterSequence: 0, limit: 5_000 })).entries;
    expect(first.progressOf(runId)).toEqual(all);
    const late = second.progressOf(runId);
    expect(late).toEqual(all.slice(all.length - late.length));
  });

  it("is cancelled with its command, and its log says by whom and why", async () => {
    const watched = await openDesk(workspace.path);
    const { runId, command } = await beginLongRun(watched);
    const cancelling = await watched.desk.cancel({ runId, reason: "wrong job" });
    expect(["cancelling", "ended"]).toContain(cancelling.state);
    expect(await watched.ended(runId)).toMatchObject({ exitCode: 1, endReason: "cancelled: wrong job" });
    expect(isProcessAlive(command)).toBe(false);
    const { commands, row } = await watched.desk.step({ file: "step_001.json" });
    expect(row.stopped).toBe(true);
    expect(commands[0]?.error).toMatch(/^cancelled by .+: wrong job$/);
    await expect(watched.desk.cancel({ runId, reason: "again" })).rejects.toMatchObject({ code: "conflict" });
    expect((await operatorLog()).at(-1)).toMatchObject({
      action: "cancel",
      surface: "tos",
      reason: "wrong job",
    });
  });

  it("is ended by force when it does not hear, as with a pattern that never ends", async () => {
    const text = await workspace.read("config_v0_3.json");
    await workspace.write(
      "config_v0_3.json",
      text.replace('"shutdown",\n    "reg add",', '"(a+)+$",\n    "reg add",'),
    );
    await workspace.decide([[`echo ${"a".repeat(60)}!`]]);
    const watched = await openDesk(workspace.path, { endWithinMs: 500 });
    const { runId } = await begin(watched);
    await waitUntil("the decision", () =>
      watched.progressOf(runId).some(({ event }) => event.kind === "model-called" && event.role === "final"),
    );
    const [started] = watched.progressOf(runId);
    if (started?.event.kind !== "started") throw new Error("It does not begin with its beginning.");
    const { pid } = started.event;
    // A cancellation before the pattern begins would be heard.
    const ticks = await ticksOf(pid);
    await waitUntil("the pattern keeps it busy", async () => (await ticksOf(pid)) > ticks + 30);
    await watched.desk.cancel({ runId, reason: "it hangs" });
    expect(await watched.ended(runId)).toMatchObject({ state: "vanished" });
    expect(isProcessAlive(pid)).toBe(false);
  });

  it("has vanished when its process was killed, and the next one ends what it left running", async () => {
    const watched = await openDesk(workspace.path);
    const { runId, command } = await beginLongRun(watched);
    const [started] = watched.progressOf(runId);
    if (started?.event.kind !== "started") throw new Error("It does not begin with its beginning.");
    process.kill(started.event.pid, "SIGKILL");
    expect(await watched.ended(runId)).toMatchObject({
      state: "vanished",
      exitCode: null,
      cancellable: false,
    });
    expect(isProcessAlive(command)).toBe(true);
    await workspace.decide([["true"], ["true"]]);
    const next = await begin(watched, "cleanrun");
    await waitUntil("the end of the command that was left", () => !isProcessAlive(command));
    await watched.ended(next.runId);
  });

  it("is ended with the console that began it, which waits for that", async () => {
    const watched = await openDesk(workspace.path);
    const { runId, command } = await beginLongRun(watched);
    await watched.close();
    expect(isProcessAlive(command)).toBe(false);
    const again = await openDesk(workspace.path);
    expect(again.run(runId)).toMatchObject({
      state: "ended",
      endReason: "cancelled: the console was closed",
    });
  });

  it("is waited for when it moves the working tree; only the test that follows is ended", async () => {
    const watched = await openDesk(workspace.path);
    const acknowledgements: never[] = [];
    const checkpoint = { operation: "checkpoint", reason: "", acknowledgements } as const;
    for (const name of ["first", "second"])
      await watched.ended((await watched.desk.launch({ launch: { ...checkpoint, name } })).runId);
    await workspace.decide([["exec sleep 60"]]);
    const [second, first] = (await watched.until("both", ({ run: now }) => now === null)).repository
      .checkpoints;
    const target = first?.hash ?? "";
    const { previewId, from } = await watched.desk.preview({ target, recoveryId: null });
    expect(from.hash).toBe(second?.hash);
    const { runId } = await watched.desk.launch({
      launch: { operation: "rollback", target, previewId, reason: "practice", acknowledgements },
    });
    await expect(watched.desk.cancel({ runId, reason: "too late" })).rejects.toMatchObject({
      code: "conflict",
    });
    await watched.close();
    expect(await gitIn(workspace.root, "rev-parse", "HEAD")).toBe(target);
    const again = await openDesk(workspace.path);
    expect(again.run(runId)).toMatchObject({ state: "ended" });
    expect(again.view().repository).toMatchObject({ interrupted: null, changeCount: 0 });
  });

  it("is left alone by a console that did not begin it", async () => {
    await workspace.decide([[held], [":"]]);
    const watched = await openDesk(workspace.path);
    const process = commandLine("-Mode", "run");
    await watched.until("the run", ({ run: now }) => now?.state === "running");
    await watched.close();
    await goOn();
    expect((await process).exitCode).toBe(0);
  });

  it("does not begin over another's lock, and the refusal is in the process's own words", async () => {
    const watched = await openDesk(workspace.path);
    const { text, digest } = await watched.desk.config();
    const lock = await lockProject(workspace.root, "20200101T000000Z-0000");
    const refusal = {
      code: "conflict",
      message: expect.stringMatching(/another run works on .*20200101T000000Z-0000/) as string,
    };
    await expect(begin(watched, "test")).rejects.toMatchObject(refusal);
    const input = { text: `${text} `, baseDigest: digest, reason: "r", acknowledgements: [] };
    await expect(watched.desk.saveConfig(input)).rejects.toMatchObject(refusal);
    await lock.release();
    expect(watched.view().runs).toEqual([]);
    await watched.ended((await begin(watched, "test")).runId);
  });

  it("holds up everything else that would change the project, with the reason", async () => {
    const watched = await openDesk(workspace.path);
    const { desk } = watched;
    const { digest, text } = await desk.config();
    const { runId } = await beginLongRun(watched);
    const acknowledgements: never[] = [];
    const refusal = { code: "conflict", message: expect.stringContaining(runId) as string };
    await expect(begin(watched)).rejects.toMatchObject(refusal);
    await expect(
      desk.launch({ launch: { operation: "checkpoint", name: "now", reason: "", acknowledgements } }),
    ).rejects.toMatchObject(refusal);
    await expect(
      desk.launch({
        launch: { operation: "rollback", target: "HEAD", previewId: "x", reason: "r", acknowledgements },
      }),
    ).rejects.toMatchObject(refusal);
    await expect(
      desk.saveConfig({ text: `${text} `, baseDigest: digest, reason: "r", acknowledgements }),
    ).rejects.toMatchObject(refusal);
    expect((await commandLine("-Mode", "run")).stderr).toContain("G43");
    await desk.cancel({ runId, reason: "enough" });
    await watched.ended(runId);
  });
});

describe("rules", () => {
  it("refuse a run from the window until each is acknowledged by name", async () => {
    const watched = await openDesk(workspace.path);
    const rules = watched.acknowledge("run").map(({ rule }) => rule);
    expect(rules).toContain("G05");
    await expect(watched.desk.launch({ launch: { ...run, acknowledgements: [] } })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining(rules.join(", ")) as string,
      details: expect.arrayContaining([
        expect.stringMatching(/^G05 .*spec\/tos\/governance\.md/),
      ]) as string[],
    });
    expect(watched.view().runs).toEqual([]);
    const begun = await begin(watched);
    expect(begun.acknowledgements.map(({ rule }) => rule)).toEqual(rules);
    await watched.ended(begun.runId);
    const kept = (await workspace.read(".gatehouse/tos/acknowledged.jsonl")).trimEnd().split("\n");
    expect(kept.map((line) => JSON.parse(line) as unknown)).toEqual(
      rules.map(
        (rule) => expect.objectContaining({ rule, reason: "practice", runId: begun.runId }) as unknown,
      ),
    );
  });
});

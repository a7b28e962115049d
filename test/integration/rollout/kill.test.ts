import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import type { CommandOutcome } from "#contract/requests";
import type { RolloutEvent } from "#contract/rollout/journal";
import type { RolloutView } from "#contract/rollout/view";
import { openConsole } from "../../../main/host/compose";
import { RolloutWorkspace, type ProfileChanges } from "../../support/rollout/rollout-workspace";
import { rounds, seed } from "../../support/depth";
import { waitMs } from "../../support/limits";
import { createRandom } from "../../support/random";
import { waitUntil } from "../../support/wait-until";
import { eventsOf, serveRollout, type ServedRollout } from "./served-rollout";

const noted = `
  require("fs").appendFileSync("runs", process.env.GATEHOUSE_EFFECT_ID + "\\n");
  setTimeout(() => {}, 150);
`;

async function runningWorkspace(changes: ProfileChanges): Promise<RolloutWorkspace> {
  const workspace = await RolloutWorkspace.create(changes);
  const stop = workspace.keepRunning();
  onTestFinished(async () => {
    await stop();
    await workspace.remove();
  });
  return workspace;
}

async function serve(workspace: RolloutWorkspace): Promise<ServedRollout> {
  const served = await serveRollout(workspace.path);
  onTestFinished(() => served.kill());
  return served;
}

async function latest({ request }: ServedRollout): Promise<RolloutView> {
  const { rollout } = await request("console.snapshot", {});
  if (rollout.latest === null) throw new Error("there is no rollout");
  return rollout.latest;
}

function give(served: ServedRollout, view: RolloutView, command: "promote" | "pause" | "resume" | "abort") {
  const { rolloutId, revision } = view;
  return served.request("rollout.command", {
    command: { command, rolloutId, revision, reason: `${command} for the test` },
  });
}

/** Promotes once it is allowed; resolves with what was answered. */
function promote(served: ServedRollout): Promise<CommandOutcome> {
  return waitUntil("the promotion", async () => {
    const view = await latest(served);
    if (!view.actions.some(({ action, allowed }) => action === "promote" && allowed)) return null;
    const outcome = await give(served, view, "promote");
    return outcome.outcome === "done" ? outcome : null;
  });
}

const ofType = <Type extends RolloutEvent["type"]>(events: readonly RolloutEvent[], type: Type) =>
  events.filter((event): event is Extract<RolloutEvent, { type: Type }> => event.type === type);

const kills = rounds(8, 50);
const hookKills = rounds(4, 20);
const random = createRandom(seed);

describe("a console that is killed", () => {
  it(`keeps everything it announced, at ${kills} random moments of a running rollout`, async () => {
    const workspace = await runningWorkspace({ soakMs: 600_000, checkIntervalMs: 100 });
    let served = await serve(workspace);
    await served.request("rollout.start", await workspace.startRequest());
    await promote(served);
    let done = 0;
    for (let round = 0; round < kills; round += 1) {
      let announced = await latest(served);
      const doneBefore = done;
      const watched = (async () => {
        for (;;) {
          announced = await latest(served);
          await delay(5);
        }
      })().catch(() => undefined);
      const commanded = (async () => {
        for (;;) {
          const view = await latest(served);
          const outcome = await give(served, view, view.paused ? "resume" : "pause");
          if (outcome.outcome === "done") done += 1;
          await delay(5);
        }
      })().catch(() => undefined);
      await waitUntil("a command that was done", () => done > doneBefore);
      await delay(random.next() * 400);
      await served.kill();
      await Promise.all([watched, commanded]);

      served = await serve(workspace);
      const view = await latest(served);
      expect(view.journal.problem).toBe("");
      expect(view.status).toBe("canary-1");
      expect(view.journal.entries).toBeGreaterThanOrEqual(announced.journal.entries);
      expect(view.checks).toBeGreaterThanOrEqual(announced.checks);
      expect(view.soak.creditedMs).toBeGreaterThanOrEqual(announced.soak.creditedMs);
    }
    const view = await latest(served);
    const events = await eventsOf(served, view.rolloutId);
    expect(ofType(events, "paused").length + ofType(events, "resumed").length).toBeGreaterThanOrEqual(done);
    expect(done).toBeGreaterThanOrEqual(kills);
    // Read after the view: checks go on between the two.
    const checks = ofType(events, "check-recorded").map(({ check }) => check);
    expect(checks.length).toBeGreaterThanOrEqual(view.checks);
    expect(checks).toEqual(checks.map((_, index) => index + 1));
  });

  it("for twenty minutes in the middle of a soak has exactly as much left as before", async () => {
    const workspace = await runningWorkspace({ soakMs: 600_000, checkIntervalMs: 100 });
    const served = await serve(workspace);
    await served.request("rollout.start", await workspace.startRequest());
    await promote(served);
    await waitUntil("some soak", async () => (await latest(served)).soak.creditedMs > 500);
    await served.kill();

    const downMs = 20 * 60_000;
    workspace.aheadMs = downMs;
    await workspace.runSurfaces();
    const opened = await openConsole({
      path: workspace.path,
      kind: "server",
      clock: {
        nowUnixMs: () => Date.now() + downMs,
        monotonicMs: () => performance.now() + downMs,
      },
      version: "test",
      onProblem: (problem) => {
        throw new Error(problem);
      },
    });
    onTestFinished(() => opened.close());
    const snapshot = async (): Promise<RolloutView> => {
      const answer = await opened.host.dispatch("console.snapshot", {});
      if (!answer.ok) throw new Error(answer.error.message);
      return (answer.value as { rollout: { latest: RolloutView } }).rollout.latest;
    };
    const events = async (): Promise<RolloutEvent[]> => {
      const { rolloutId } = await snapshot();
      const request = async (_name: string, input: unknown) => {
        const answer = await opened.host.dispatch("rollout.timeline", input);
        if (!answer.ok) throw new Error(answer.error.message);
        return answer.value;
      };
      return eventsOf({ request: request as ServedRollout["request"] }, rolloutId);
    };
    const all = await waitUntil("two checks after the downtime", async () => {
      const found = await events();
      const opening = found.findLastIndex(({ type }) => type === "session-opened");
      return ofType(found.slice(opening), "check-recorded").length >= 2 ? found : null;
    });
    const opening = all.findLastIndex(({ type }) => type === "session-opened");
    const before = ofType(all.slice(0, opening), "check-recorded").at(-1);
    const [first, second] = ofType(all.slice(opening), "check-recorded");
    expect((all[opening]?.at.unixMs ?? 0) - (before?.at.unixMs ?? 0)).toBeGreaterThan(downMs);
    expect(before?.soak.creditedMs).toBeGreaterThan(500);
    expect(first?.soak).toEqual({ creditedMs: before?.soak.creditedMs, addedMs: 0, outcome: "started" });
    expect(second?.soak.outcome).toBe("counted");
    expect(second?.soak.addedMs).toBeLessThanOrEqual(200);
  });

  it(`around the run of its hook has it run once and done once, at ${hookKills} random moments`, async () => {
    const workspace = await runningWorkspace({
      soakMs: 600_000,
      percentHook: {
        program: process.execPath,
        args: ["-e", noted],
        cwd: ".",
        timeoutMs: waitMs,
        attempts: 5,
        retryDelayMs: 0,
      },
    });
    for (let round = 1; round <= hookKills; round += 1) {
      let served = await serve(workspace);
      await served.request("rollout.start", await workspace.startRequest());
      await promote(served);
      await delay(random.next() * 600);
      await served.kill();

      served = await serve(workspace);
      const view = await waitUntil("the hook is done", async () => {
        const found = await latest(served);
        return found.effects[0]?.state === "done" ? found : null;
      });
      const effectId = view.effects[0]?.effectId ?? "";
      const runs = (await readFile(workspace.file("runs"), "utf8")).split("\n");
      expect(runs.slice(round - 1)).toEqual([effectId, ""]);
      const events = await eventsOf(served, view.rolloutId);
      expect(ofType(events, "effect-done").map((event) => event.effectId)).toEqual([effectId]);
      expect(ofType(events, "effect-failed")).toEqual([]);
      await waitUntil(
        "the end",
        async () => (await give(served, await latest(served), "abort")).outcome === "done",
      );
      await served.kill();
    }
  });
});

import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { surfaceIds } from "#contract/identity";
import type { Instant } from "#contract/rollout/observation";
import { decide } from "#domain/rollout/decide";
import { evolve } from "#domain/rollout/evolve";
import type { RolloutInput, RolloutState } from "#domain/rollout/state";
import { Rehearsal } from "./rehearsal";

let rehearsal: Rehearsal;
beforeAll(async () => {
  rehearsal = await Rehearsal.open();
});
afterAll(() => rehearsal.close());

const by = { kind: "operator", name: "maya" } as const;
const effectId = "effect";

/** A rollout of the rehearsal's candidate: the engine, on what the surfaces really wrote. */
class Rollout {
  #state: RolloutState | null = null;

  constructor() {
    const { profile, candidate } = rehearsal;
    this.#decide({
      kind: "start",
      rolloutId: "rehearsed",
      request: { candidate, profileId: profile.id, reason: "rehearse" },
      profile,
      profileSource: ".gatehouse/profiles/rehearsal.json",
      by,
    });
  }

  get state(): RolloutState {
    if (this.#state === null) throw new Error("the rollout has not started");
    return this.#state;
  }

  /** Triggers that fired, the one that names the rollback first. */
  get triggers(): string[] {
    return this.state.triggers
      .toSorted((left, right) => Number(right.primary) - Number(left.primary))
      .map(({ trigger }) => trigger);
  }

  async check(): Promise<void> {
    const { baselines, lastCheck } = this.state;
    const since = baselines.canary1?.surfaces ?? null;
    const observation = await rehearsal.observe(since, lastCheck?.observation ?? null);
    this.#decide({ kind: "check", trigger: "scheduled", observation, effectId });
  }

  /** From preflight into canary 1, on a check of this moment. */
  async promote(): Promise<void> {
    await this.check();
    const { rolloutId, revision } = this.state;
    this.#decide({
      kind: "command",
      command: {
        command: "promote",
        rolloutId,
        revision,
        reason: "preflight passed",
        freezeOverrideReason: null,
      },
      by,
      effectId,
    });
  }

  #decide(input: RolloutInput): void {
    const now: Instant = { unixMs: Date.now(), monotonicMs: performance.now(), session: "test" };
    const { events, refusal } = decide(this.#state, input, now);
    if (refusal !== null) throw new Error(`${input.kind} was refused: ${JSON.stringify(refusal)}`);
    for (const event of events) this.#state = evolve(this.#state, event);
  }
}

/** A rollout in canary 1, begun on surfaces that are all healthy. */
async function canaryOne(): Promise<Rollout> {
  await rehearsal.mend();
  const rollout = new Rollout();
  await rollout.promote();
  return rollout;
}

describe("the ways to cause a trigger that the rehearsal's README names", () => {
  it("none fires while the surfaces run on their schedule, and every gate passes", async () => {
    const rollout = await canaryOne();
    for (const surface of surfaceIds) await rehearsal.play(surface);
    await rollout.check();
    expect(rollout.state).toMatchObject({ status: "canary-1", triggers: [] });
    expect(rollout.state.lastCheck).toMatchObject({ findings: [], soak: { outcome: "started" } });
  });

  it("T1 alone: a state file that is cut short, in two checks", async () => {
    const rollout = await canaryOne();
    const state = ".tau/voice/state.json";
    await rehearsal.spoil("voice", state, "{");
    await rollout.check();
    expect(rollout.triggers).toEqual([]);
    await rollout.check();
    expect(rollout.triggers).toEqual(["T1"]);
    expect(rollout.state.status).toBe("rolling_back");
    await rehearsal.spoil("voice", state);
  });

  it("T2 alone: a streak of three from before canary 1's baseline", async () => {
    await rehearsal.mend();
    const rollout = new Rollout();
    for (let cycle = 0; cycle < 3; cycle += 1)
      await rehearsal.play("memory", "trigger-t2-backend-unreachable.json");
    await rollout.promote();
    await rollout.check();
    expect(rollout.triggers).toEqual(["T2"]);
    expect(rollout.state.status).toBe("rolling_back");
  });

  it.each([
    ["voice", "trigger-t3-turn-fails.json"],
    ["custom-command", "trigger-t3-malformed-request.json"],
  ] as const)("T3 alone: %s plays %s", async (surface, fixture) => {
    const rollout = await canaryOne();
    await rehearsal.play(surface, fixture);
    await rollout.check();
    expect(rollout.triggers).toEqual(["T3"]);
    expect(rollout.state.status).toBe("rolling_back");
  });

  it("T4 alone: the browser's summary is gone", async () => {
    const rollout = await canaryOne();
    await rehearsal.spoil(
      "browser-automation",
      ".tau/demo-browser-automation-live/browser-live-summary.json",
    );
    await rollout.check();
    expect(rollout.triggers).toEqual(["T4"]);
    expect(rollout.state.status).toBe("rolling_back");
  });

  it("T4 with T3, which names the rollback: a denied step of a real browser run", async () => {
    const rollout = await canaryOne();
    await rehearsal.play("browser-automation", "trigger-t4-dangerous-button.json");
    await rollout.check();
    expect(rollout.triggers).toEqual(["T3", "T4"]);
    expect(rollout.state.status).toBe("rolling_back");
  });

  it("T5 alone: a failing harness run rolls a canary back, and blocks a preflight", async () => {
    const rollout = await canaryOne();
    for (const file of ["report", "manifest"])
      await copyFile(
        join(rehearsal.path, `.gatehouse/triggers/t5-failing-harness-${file}.json`),
        join(rehearsal.path, `.tau/live-run-unified/${file}.json`),
      );
    await rollout.check();
    expect(rollout.triggers).toEqual(["T5"]);
    expect(rollout.state.status).toBe("rolling_back");
    const next = new Rollout();
    await next.check();
    expect(next.triggers).toEqual(["T5"]);
    expect(next.state.status).toBe("blocked");
  });
});

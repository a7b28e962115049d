import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { PercentHook } from "#contract/rollout/profile";
import type { Clock } from "#domain/clock";
import { pendingEffect } from "#domain/rollout/standing";
import type { Effect, RolloutState } from "#domain/rollout/state";
import { adoptHook, startHook, type HookOutcome, type HookRun, type HookRunner } from "../hook/hook-run";
import { attemptPath } from "../hook/receipt";
import type { Ledger } from "./ledger";

/** Pause after something went wrong with the disk, before it is tried again, in milliseconds. */
const troubleDelayMs = 1_000;
/** How often in a row something may go wrong before whoever waits for the end is let go. */
const troublesToWaitFor = 3;
/** Time between two looks whether nothing is left to do, in milliseconds. */
const settledLookMs = 50;

export interface EffectPerformerOptions {
  readonly ledger: Ledger;
  readonly workspacePath: string;
  readonly runner: HookRunner;
  readonly clock: Clock;
  /** Takes what went wrong; it is tried again. */
  readonly onProblem: (problem: string) => void;
}

type Attempted = Pick<Effect, "effectId" | "attempt" | "purpose" | "percent">;

/** Whether a newer percent has taken an effect's place. One that has not goes on, even if its rollout was aborted. */
function isSuperseded({ effects }: RolloutState, effectId: string): boolean {
  return effects.at(-1)?.effectId !== effectId;
}

/**
 * Gives percents to the world, one at a time and never a newer one before the one before it has ended. It follows the
 * journal: what is intended there is attempted, what was attempted and has no result yet is waited for, and what a newer
 * effect has superseded is ended.
 */
export class EffectPerformer {
  readonly #options: EffectPerformerOptions;
  #working: Promise<void> | null = null;
  #again = false;
  #run: { readonly effectId: string; readonly hook: HookRun } | null = null;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  /** Troubles since the last step that went well. */
  #troubles = 0;
  /** The last of them; it is told once, however often it is met. */
  #trouble = "";

  constructor(options: EffectPerformerOptions) {
    this.#options = options;
  }

  /** Called after every change of the rollout. */
  update(): void {
    if (this.#closed) return;
    const state = this.#options.ledger.open?.state;
    if (this.#run && state && isSuperseded(state, this.#run.effectId)) this.#run.hook.cancel();
    this.#again = true;
    this.#working ??= this.#work().finally(() => {
      this.#working = null;
    });
  }

  /**
   * Resolves once there is nothing left to be attempted or waited for, or the disk keeps refusing: what is left then is
   * taken up by whoever opens the rollout next.
   */
  async settled(): Promise<void> {
    for (;;) {
      await this.#working;
      const state = this.#options.ledger.open?.state;
      const pending = state ? pendingEffect(state) : null;
      if (this.#closed || this.#troubles >= troublesToWaitFor) return;
      if (!state?.profile.percentHook || pending === null || pending.state === "failed") return;
      await wait(settledLookMs);
    }
  }

  /** Stops waiting for what is under way; it goes on, and is picked up when the rollout is opened again. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#run?.hook.leave();
    await this.#working;
  }

  async #work(): Promise<void> {
    while (this.#again && !this.#closed) {
      this.#again = false;
      const state = this.#options.ledger.open?.state;
      const hook = state?.profile.percentHook;
      if (!state || !hook) continue;
      try {
        await this.#step(state, hook);
        this.#troubles = 0;
        this.#trouble = "";
      } catch (error) {
        this.#troubles += 1;
        const trouble = error instanceof Error ? error.message : String(error);
        if (trouble !== this.#trouble) this.#options.onProblem(`percent hook: ${trouble}`);
        this.#trouble = trouble;
        this.#wake(troubleDelayMs);
      }
    }
  }

  async #step(state: RolloutState, hook: PercentHook): Promise<void> {
    const pending = pendingEffect(state);
    // What was under way when the console ended comes first, whether it is still wanted or not.
    const underway = state.effects.find((effect) => effect.state === "attempted");
    if (underway) await this.#adopt(underway);
    else if (pending?.state === "intended") {
      const waitMs = this.#retryDelay(pending, hook);
      if (waitMs > 0) this.#wake(waitMs);
      else await this.#attempt(pending);
    }
  }

  /** Time until a failed attempt may be followed by another; none longer than the profile says, whatever the clock did. */
  #retryDelay({ attempt, changedUnixMs }: Effect, { retryDelayMs }: PercentHook): number {
    if (attempt === 0) return 0;
    const elapsedMs = this.#options.clock.nowUnixMs() - changedUnixMs;
    return elapsedMs < 0 ? 0 : Math.max(0, retryDelayMs - elapsedMs);
  }

  async #attempt({ effectId, attempt, purpose, percent }: Attempted): Promise<void> {
    const { ledger, workspacePath, runner } = this.#options;
    // After a retry by hand attempts are counted anew: the receipt of an earlier count must not pass for this one's.
    await rm(this.#path(effectId, attempt + 1), { force: true });
    const decision = await ledger.submit(() => ({ kind: "effect-attempt", effectId }));
    const begun = decision?.events.find((event) => event.type === "effect-attempted");
    const state = ledger.open?.state;
    const hook = state?.profile.percentHook;
    if (!begun || !hook) return;
    const plan = {
      path: this.#path(effectId, begun.attempt),
      effectId,
      attempt: begun.attempt,
      program: hook.program,
      args: hook.args,
      directory: resolve(workspacePath, hook.cwd),
      timeoutMs: hook.timeoutMs,
      environment: {
        GATEHOUSE_ROLLOUT_ID: state.rolloutId,
        GATEHOUSE_EFFECT_ID: effectId,
        GATEHOUSE_PHASE: purpose,
        GATEHOUSE_PERCENT: String(percent),
        GATEHOUSE_ATTEMPT: String(begun.attempt),
      },
    };
    await this.#await({ ...begun, purpose, percent }, startHook(plan, runner));
  }

  async #adopt(effect: Attempted): Promise<void> {
    const { effectId, attempt } = effect;
    await this.#await(effect, adoptHook({ path: this.#path(effectId, attempt), effectId, attempt }));
  }

  async #await(effect: Attempted, hook: HookRun): Promise<void> {
    const { effectId } = effect;
    this.#run = { effectId, hook };
    let outcome: HookOutcome | null;
    try {
      // A newer effect, or the end, may have come while this one was being started.
      const state = this.#options.ledger.open?.state;
      if (state && isSuperseded(state, effectId)) hook.cancel();
      if (this.#closed) hook.leave();
      outcome = await hook.ended;
    } finally {
      this.#run = null;
    }
    if (outcome === null) return;
    this.#again = true;
    const state = this.#options.ledger.open?.state;
    if (outcome.kind === "lost" && state && pendingEffect(state)?.effectId === effectId)
      await this.#attempt(effect);
    else {
      const lost = { ok: false, detail: "It ended and left no receipt", output: "" };
      const { ok, detail, output } = outcome.kind === "result" ? outcome : lost;
      await this.#options.ledger.submit(() => ({ kind: "effect-result", effectId, ok, detail, output }));
    }
  }

  #path(effectId: string, attempt: number): string {
    const rolloutId = this.#options.ledger.open?.state.rolloutId ?? "";
    return attemptPath(this.#options.workspacePath, rolloutId, effectId, attempt);
  }

  #wake(delayMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.update(), delayMs);
    this.#timer.unref();
  }
}

import type { CheckRecord } from "#contract/rollout/journal";
import type { Refusal } from "#contract/rollout/command";
import { refuseManualCheck } from "#domain/rollout/obstacles";
import { isRunning } from "#domain/rollout/standing";
import type { RolloutState } from "#domain/rollout/state";
import type { ReadInstant } from "../instant";
import type { Observer } from "../observe/observer";
import type { Ledger } from "./ledger";
import { SerialQueue } from "./serial-queue";

export interface CheckTakerOptions {
  readonly ledger: Ledger;
  readonly observer: Observer;
  readonly now: ReadInstant;
  readonly effectId: () => string;
}

/** What came of a wish for a check: its number, or why none was taken. */
export type CheckTaken = { readonly check: number } | { readonly refusal: Refusal | null };

/** Takes checks, never two at once. Observing takes its time outside of the ledger, so that no command waits for it. */
export class CheckTaker {
  readonly #options: CheckTakerOptions;
  readonly #checks = new SerialQueue();

  constructor(options: CheckTakerOptions) {
    this.#options = options;
  }

  /**
   * Takes a check; one by hand only when it may be (`refuseManualCheck`), a scheduled one not right after another that it
   * had to wait for. Rejects when it cannot be written.
   */
  take(trigger: CheckRecord["trigger"]): Promise<CheckTaken> {
    const asked = this.#options.ledger.open?.state.checks;
    return this.#checks.run(() => {
      const isLate = trigger === "scheduled" && this.#options.ledger.open?.state.checks !== asked;
      return isLate ? { refusal: null } : this.#take(trigger);
    });
  }

  /** Resolves once no check is under way. */
  idle(): Promise<void> {
    return this.#checks.idle();
  }

  async #take(trigger: CheckRecord["trigger"]): Promise<CheckTaken> {
    const { ledger, observer, now, effectId } = this.#options;
    // A phase that begins while it is looked at makes the look one at another phase; it is taken anew.
    for (;;) {
      const state = ledger.open?.state;
      if (!state || !isRunning(state.status)) return { refusal: null };
      const refusal = trigger === "manual" ? refuseManualCheck(state, now()) : null;
      if (refusal !== null) return { refusal };
      const { profile, candidate, baselines, lastCheck } = state;
      const observation = await observer.observe(
        profile,
        candidate,
        baselines.canary1?.surfaces ?? null,
        lastCheck?.observation ?? null,
      );
      const decision = await ledger.submit((current) =>
        isSameFooting(state, current) ? { kind: "check", trigger, observation, effectId: effectId() } : null,
      );
      if (decision === null) continue;
      const recorded = decision.events.find((event) => event.type === "check-recorded");
      return recorded ? { check: recorded.check } : { refusal: decision.refusal };
    }
  }
}

/** Whether a look that was begun in one state is still one at what the other asks about. */
function isSameFooting(before: RolloutState, after: RolloutState): boolean {
  return (
    before.rolloutId === after.rolloutId &&
    before.status === after.status &&
    before.baselines === after.baselines &&
    before.checks === after.checks
  );
}

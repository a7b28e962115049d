import type { SurfaceId } from "#contract/identity";
import { surfaceIds } from "#contract/identity";
import type { Clock } from "#domain/clock";
import { isRunning, lastCheckOfPhase } from "#domain/rollout/standing";
import type { RolloutState } from "#domain/rollout/state";
import { CheckSchedule } from "./check-schedule";

export interface CheckRhythmOptions {
  readonly clock: Clock;
  readonly state: () => RolloutState | null;
  /** Takes a scheduled check. Rejects when it cannot be written. */
  readonly take: () => Promise<unknown>;
  /** When a surface last wrote what it is judged by, Unix milliseconds; null when that is not known. */
  readonly writtenUnixMs: (surface: SurfaceId) => number | null;
  /** Called when only the moment of the next check has changed. */
  readonly onPlan: () => void;
}

/**
 * Decides when scheduled checks are taken: every interval of the profile, counted from the check before; after a phase
 * was entered, as soon as every surface has written since.
 */
export class CheckRhythm {
  readonly #options: CheckRhythmOptions;
  readonly #schedule: CheckSchedule;
  #taking = false;
  #planned = "";

  constructor(options: CheckRhythmOptions) {
    this.#options = options;
    this.#schedule = new CheckSchedule(options.clock, () => void this.#take());
  }

  get nextUnixMs(): number | null {
    return this.#schedule.nextUnixMs;
  }

  /**
   * Takes a rollout up that ran before this start of the console: the next check is due an interval after the last one,
   * at once when the wall clock has gone back and so nobody knows.
   */
  resume(state: RolloutState): void {
    this.#planned = planKey(state);
    const { lastCheck, profile } = state;
    const elapsedMs = lastCheck
      ? this.#options.clock.nowUnixMs() - lastCheck.observation.at.unixMs
      : Infinity;
    this.#plan(state, elapsedMs < 0 ? 0 : Math.max(0, profile.checkIntervalMs - elapsedMs));
  }

  /** Called after every change of the rollout: a check or a new phase moves the next check. */
  follow(state: RolloutState): void {
    const key = planKey(state);
    if (key === this.#planned) return;
    this.#planned = key;
    this.#plan(state, state.lastCheck === null ? 0 : state.profile.checkIntervalMs);
  }

  /** Called when a surface has written something. */
  surfacesChanged(): void {
    const state = this.#options.state();
    if (this.#taking || state === null || !isRunning(state.status) || state.phase === "preflight") return;
    if (lastCheckOfPhase(state) !== null) return;
    const written = surfaceIds.map((surface) => this.#options.writtenUnixMs(surface));
    if (written.every((unixMs) => unixMs !== null && unixMs >= state.phaseEnteredUnixMs)) {
      this.#schedule.hasten();
      this.#options.onPlan();
    }
  }

  stop(): void {
    this.#schedule.stop();
  }

  #plan(state: RolloutState, delayMs: number): void {
    if (isRunning(state.status)) {
      this.#schedule.plan(delayMs);
      this.surfacesChanged();
    } else this.#schedule.stop();
  }

  async #take(): Promise<void> {
    this.#taking = true;
    try {
      await this.#options.take();
    } catch {
      // Whoever writes has told why; the next check tries again.
      const state = this.#options.state();
      if (state) this.#plan(state, state.profile.checkIntervalMs);
      this.#options.onPlan();
    } finally {
      this.#taking = false;
      this.surfacesChanged();
    }
  }
}

/** Changes when the next check has to be planned anew. */
function planKey({ rolloutId, checks, phase, status }: RolloutState): string {
  return [rolloutId, checks, phase, status].join(" ");
}

import type { RolloutEvent } from "#contract/rollout/journal";
import type { TrendPoint } from "#contract/rollout/view";
import type { RolloutState } from "#domain/rollout/state";
import { trendPoint } from "#domain/rollout/trends";
import { checksIn, type JudgedCheck } from "./archive";

/** What is asked for at every check of the rollout that is worked on, kept so that its journal need not be read again. */
export class CheckMemory {
  #points: TrendPoint[] = [];
  #newest: JudgedCheck | null = null;

  /** Every check as a point of the trends, oldest first. */
  get points(): readonly TrendPoint[] {
    return this.#points;
  }

  /** The newest check; null before the first. */
  get newest(): JudgedCheck | null {
    return this.#newest;
  }

  /** Takes in events that follow; a state of null begins another rollout. */
  follow(before: RolloutState | null, events: Iterable<RolloutEvent>): void {
    if (before === null) {
      this.#points = [];
      this.#newest = null;
    }
    for (const judged of checksIn(events, before)) {
      this.#points.push(trendPoint(judged.state, judged.check));
      this.#newest = judged;
    }
  }
}

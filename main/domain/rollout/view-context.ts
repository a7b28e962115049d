import type { Instant } from "#contract/rollout/observation";
import type { RolloutView } from "#contract/rollout/view";

/** What a view needs besides the rollout's state. */
export interface ViewContext {
  /** When it is shown, on the clocks of the session that shows it. */
  readonly now: Instant;
  /** When the next scheduled check is due; null when nobody takes checks. */
  readonly nextCheckUnixMs: number | null;
  readonly journal: RolloutView["journal"];
}

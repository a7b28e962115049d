import type { RuleId } from "#contract/rollout/vocabulary";
import type { Rule } from "./cell";
import { continuousIntegrationRule } from "./continuous-integration";
import { failureStreakRule } from "./failure-streak";
import { hardErrorRule } from "./hard-errors";
import { harnessRule } from "./harness";
import { healthRule } from "./health";
import { hookRule } from "./hook";
import { lastCycleRule } from "./last-cycle";
import { logBaselineRule } from "./log-baseline";
import { noTriggerRule } from "./no-trigger";
import { pauseRule } from "./pause";
import { queueRule } from "./queue";
import { retryRule } from "./retry-flat";
import { rollbackTargetRule } from "./rollback-target";
import { signOffRule } from "./sign-off";
import { stalenessRule } from "./staleness";
import { surfaceExtrasRule } from "./surface-extras";
import { timelineRule } from "./timeline";

/** Every rule there is (spec/tau/rollout.md §3). */
export const rules: Readonly<Record<RuleId, Rule>> = {
  G1: harnessRule,
  G2: continuousIntegrationRule,
  G3: rollbackTargetRule,
  G4: healthRule,
  G5: failureStreakRule,
  G6: lastCycleRule,
  G7: queueRule,
  G8: hardErrorRule,
  G9: timelineRule,
  G10: noTriggerRule,
  G11: retryRule,
  G12: signOffRule,
  G13: surfaceExtrasRule,
  "R-STALE": stalenessRule,
  "R-PAUSE": pauseRule,
  "R-BASELINE": logBaselineRule,
  "R-HOOK": hookRule,
};

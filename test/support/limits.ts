import { ensurePace, limitsFor } from "../../resources/suites/pace.mjs";

/**
 * Longest that a test waits for one condition, milliseconds. It only catches what hangs: many times what the wait takes on
 * the reference machine, times the pace of this one.
 */
export const { waitMs } = limitsFor(ensurePace());

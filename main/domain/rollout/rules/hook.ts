import type { Effect } from "../state";
import { releaseRule, wholeFile } from "./cell";

/** The receipt that would show an effect done: of the present attempt, or of the next where none runs. */
function receiptPath(rolloutId: string, { effectId, attempt, state }: Effect): string {
  const number = state === "intended" ? attempt + 1 : attempt;
  return `.gatehouse/rollouts/${rolloutId}/effects/${effectId}-${number}.json`;
}

/** R-HOOK: the newest percent was given to the world. Until its receipt is there, nobody knows that it was. */
export const hookRule = releaseRule("R-HOOK", ({ state: { effects, rolloutId } }) => {
  const effect = effects.at(-1);
  const expected = "the percent hook of the phase done";
  if (effect === undefined)
    return { expected, observed: "no percent hook to wait for", record: null, reasons: [] };
  const record = { ...wholeFile(receiptPath(rolloutId, effect)), text: effect.output };
  const observed = `${effect.percent} % ${effect.state}, attempt ${effect.attempt}${effect.detail === "" ? "" : `: ${effect.detail}`}`;
  if (effect.state === "done") return { expected, observed, record, reasons: [] };
  const isFailed = effect.state === "failed";
  return {
    expected,
    observed,
    record,
    reasons: [
      {
        status: isFailed ? "failed" : "missing",
        title: isFailed
          ? `The percent hook failed: ${effect.percent} % is declared, but not given`
          : `The percent hook has not reported yet that ${effect.percent} % is given`,
        expected,
        observed,
        remedy: isFailed
          ? "Mend what the hook says and have it run again."
          : "Wait for the hook; it is run again by itself if its attempt fails.",
        record,
      },
    ],
  };
});

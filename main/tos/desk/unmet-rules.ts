import { BridgeError } from "#contract/envelope";
import type { Acknowledgement } from "#contract/tos/progress";
import type { RuleNotice } from "#contract/tos/view";

/**
 * Throws a `BridgeError` (`conflict`) that names every rule which stands in the way: from the window, one that warns needs an
 * acknowledgement by name as well as one that blocks; where none helps, the thing is refused all the same.
 */
export function requireAcknowledged(
  what: string,
  notices: readonly RuleNotice[],
  acknowledgements: readonly Acknowledgement[],
): void {
  const unmet = notices.filter(
    ({ rule, class: ruleClass, overridable }) =>
      ruleClass !== "show" &&
      !(overridable && acknowledgements.some((acknowledged) => acknowledged.rule === rule)),
  );
  if (unmet.length === 0) return;
  const names = unmet.map(({ rule }) => rule).join(", ");
  const remedy = unmet.every(({ overridable }) => overridable)
    ? "acknowledge by name, with a reason, what is to be gone on in spite of"
    : "what cannot be acknowledged must be mended first";
  throw new BridgeError(
    "conflict",
    `${what} is refused by ${names}: ${remedy}.`,
    unmet.map(({ rule, text, source }) => `${rule} ${text} (${source})`),
  );
}

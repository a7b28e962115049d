import type { GovernanceFinding } from "#contract/tos/governance";

export type FindingStatus = GovernanceFinding["status"];

/** The order findings stand in: what needs somebody first. */
const order: readonly FindingStatus[] = ["broken", "unknown", "person", "kept", "not-applicable"];

export const statusWords: Readonly<Record<FindingStatus, string>> = {
  broken: "Broken",
  unknown: "Not known",
  person: "A person judges",
  kept: "Kept",
  "not-applicable": "Does not apply",
};

export const classWords: Readonly<Record<GovernanceFinding["class"], string>> = {
  block: "blocks",
  warn: "warns",
  show: "shows",
};

const classOrder: readonly GovernanceFinding["class"][] = ["block", "warn", "show"];

/** Findings by what they need: broken before kept, blocking before warning, then by number. */
export function orderedFindings(rules: readonly GovernanceFinding[]): GovernanceFinding[] {
  return rules.toSorted(
    (left, right) =>
      order.indexOf(left.status) - order.indexOf(right.status) ||
      classOrder.indexOf(left.class) - classOrder.indexOf(right.class) ||
      left.rule.localeCompare(right.rule),
  );
}

/** How many rules are in each status, in the order of the list; statuses nothing is in are left out. */
export function statusCounts(
  rules: readonly GovernanceFinding[],
): readonly { readonly status: FindingStatus; readonly count: number }[] {
  return order.flatMap((status) => {
    const count = rules.filter((rule) => rule.status === status).length;
    return count === 0 ? [] : [{ status, count }];
  });
}

import type { Reaction } from "#contract/tos/governance";
import type { ProjectFacts } from "./finding";
import { damage } from "./reactions/damage";
import { endings } from "./reactions/endings";
import { phaseReaction } from "./reactions/phase";

const weight: Readonly<Record<Reaction["gravity"], number>> = { stop: 0, attention: 1, normal: 2 };

/**
 * How the project's state is to be read, and what the documents say to do about it (spec/tos/governance.md §6), gravest
 * first. The levels are suggestions (§7): what is done is for a person to decide.
 */
export function reactionsOf(facts: ProjectFacts): Reaction[] {
  const all = [...damage(facts), ...phaseReaction(facts), ...endings(facts)];
  return all.toSorted((left, right) => weight[left.gravity] - weight[right.gravity]);
}

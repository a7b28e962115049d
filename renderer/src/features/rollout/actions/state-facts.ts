import { surfaceLabels } from "#contract/identity";
import type { RolloutView } from "#contract/rollout/view";
import { phaseLabels } from "#contract/rollout/vocabulary";
import { standingOf, standingWords } from "../../../state/rollout-standing";

/** One thing a decision rests on, as it stood when the operator looked. */
export interface StateFact {
  readonly term: string;
  readonly value: string;
}

function places(view: Pick<RolloutView, "findings">): string {
  const named = view.findings.map(({ rule, surface }) =>
    surface === null ? rule : `${rule} ${surfaceLabels[surface]}`,
  );
  const distinct = [...new Set(named)];
  const shown = distinct.slice(0, 6).join(", ");
  return distinct.length > 6 ? `${shown} and ${distinct.length - 6} more` : shown;
}

function soakFact({ soak }: RolloutView): string {
  if (soak.requiredMs === 0) return "none in this phase";
  return soak.complete ? "complete" : "not complete";
}

function hookFact({ effects }: RolloutView): string {
  const last = effects.at(-1);
  return last === undefined ? "none" : `${last.percent} % ${last.state}`;
}

/** What the revision of a rollout stands for, in words: exactly the things whose change voids a decision. */
export function stateFacts(view: RolloutView): StateFact[] {
  const fired = view.triggers.filter(({ state }) => state === "fired").map(({ trigger }) => trigger);
  const status = standingWords[standingOf(view)];
  return [
    { term: "Stands", value: `${status} in ${phaseLabels[view.phase]}, ${view.percent} % declared` },
    { term: "Paused", value: view.paused === null ? "no" : `by ${view.paused.by.name}` },
    { term: "Holds", value: view.findings.length === 0 ? "nothing" : places(view) },
    { term: "Soak", value: soakFact(view) },
    { term: "Triggers", value: fired.length === 0 ? "none fired" : `${fired.join(", ")} fired` },
    { term: "Hook", value: hookFact(view) },
  ];
}

/** A fact, and what it was before where it was something else. */
export interface ComparedFact extends StateFact {
  readonly was: string | null;
}

/** The facts of now against those a decision was made on. */
export function comparedFacts(before: RolloutView, now: RolloutView): ComparedFact[] {
  const earlier = new Map(stateFacts(before).map(({ term, value }) => [term, value]));
  return stateFacts(now).map((fact) => {
    const was = earlier.get(fact.term) ?? fact.value;
    return { ...fact, was: was === fact.value ? null : was };
  });
}

import { surfaceLabels } from "#contract/identity";
import type { Instant } from "#contract/rollout/observation";
import type { Finding } from "#contract/rollout/verdict";
import type { Notice } from "#contract/rollout/view";
import { phaseLabels } from "#contract/rollout/vocabulary";
import { describeSpan } from "../freshness";
import { ruleTexts } from "./rule-texts";
import { isRunning, isSoakComplete, lastCheckOfPhase, nextPhase } from "./standing";
import type { FiredTrigger, RolloutState } from "./state";
import { triggerTexts } from "./trigger-texts";
import { distinctReasons, presentFindings, reasonKey } from "./view-findings";
import { requiredSoakMs } from "./view-soak";
import { phaseWithPercent } from "./view-words";

/**
 * What an operator is told of when a rollout goes from `before` (null: it was not known) to `after`. A hold is told once
 * when its reason appears, not at every check it lasts; what a trigger says anyway is not said twice.
 */
export function noticesBetween(before: RolloutState | null, after: RolloutState, now: Instant): Notice[] {
  if (before === null || before.rolloutId !== after.rolloutId) return [];
  const fired = after.triggers.slice(before.triggers.length);
  const news = [
    ...fired.map((trigger) => triggerNews(after, trigger)),
    ...hookNews(before, after),
    ...(fired.length === 0 && isRunning(after.status)
      ? [...holdNews(before, after), ...readyNews(before, after)]
      : []),
  ];
  return news.map(({ key, title, query, ...notice }) => ({
    ...notice,
    id: `${after.rolloutId}/${after.events}/${key}`,
    unixMs: now.unixMs,
    title: `${after.profile.rehearsal ? "REHEARSAL: " : ""}${title}`,
    place: `#/rollout/${encodeURIComponent(after.rolloutId)}${query}`,
  }));
}

interface News {
  readonly kind: Notice["kind"];
  /** Tells it from other news of the same moment. */
  readonly key: string;
  readonly title: string;
  readonly body: string;
  readonly query: string;
}

function triggerNews(state: RolloutState, { trigger, primary, findings }: FiredTrigger): News {
  const { title, action } = triggerTexts[trigger];
  const [decisive] = findings;
  const observed = decisive === undefined ? "" : `${subjectOf(decisive)}${decisive.observed}. `;
  return {
    kind: "trigger",
    key: trigger,
    title: `${trigger} ${title}${primary ? ` ends ${state.candidate.version} in ${phaseLabels[state.phase]}` : ""}`,
    body: `${observed}${action}`,
    query: `?trigger=${trigger}`,
  };
}

function hookNews(before: RolloutState, after: RolloutState): News[] {
  const failed = new Set(
    before.effects.filter(({ state }) => state === "failed").map(({ effectId }) => effectId),
  );
  return after.effects
    .filter(({ effectId, state }) => state === "failed" && !failed.has(effectId))
    .map(({ effectId, percent, detail }) => ({
      kind: "hook-failed",
      key: effectId,
      title: `The hook failed to give ${percent} %`,
      body: `${detail === "" ? "" : `${detail}. `}It holds the rollout until an operator has it run again.`,
      query: "?rule=R-HOOK",
    }));
}

/** A hook that is still at work holds too, but as long as nobody need do anything it is no news. */
function holdNews(before: RolloutState, after: RolloutState): News[] {
  if (before.checks === after.checks) return [];
  const known = new Set(presentFindings(before).map(reasonKey));
  return distinctReasons(presentFindings(after))
    .filter((finding) => finding.rule !== "R-HOOK" && !known.has(reasonKey(finding)))
    .map((finding) => holdNewsOf(after, finding));
}

function holdNewsOf(state: RolloutState, finding: Finding): News {
  const { rule, surface, observed, remedy } = finding;
  const title = rule in ruleTexts ? ` ${ruleTexts[rule as keyof typeof ruleTexts].title}` : "";
  return {
    kind: "hold",
    key: reasonKey(finding),
    title: `${phaseLabels[state.phase]} holds: ${rule}${title}`,
    body: `${subjectOf(finding)}${observed}. ${remedy}`,
    query: `?rule=${rule}${surface === null ? "" : `&surface=${surface}`}`,
  };
}

function subjectOf({ surface }: Finding): string {
  return surface === null ? "" : `${surfaceLabels[surface]}: `;
}

/** The soak is complete, or the last thing that kept a phase whose soak is complete from being left has gone. */
function readyNews(before: RolloutState, after: RolloutState): News[] {
  const samePhase = before.phase === after.phase;
  const [hold] = distinctReasons(presentFindings(after));
  const soaked = isSoakComplete(after) && !(samePhase && isSoakComplete(before));
  const isReady = isReadyToLeave(after) && !(samePhase && isReadyToLeave(before));
  if (!isReady && !(soaked && requiredSoakMs(after) > 0)) return [];
  const next = after.profile.phases.find(({ id }) => id === nextPhase(after.phase));
  const aim = next === undefined ? "to be completed" : `for ${phaseWithPercent(next.id, next.percent)}`;
  const evidence =
    requiredSoakMs(after) === 0
      ? "All gates pass"
      : `${describeSpan(requiredSoakMs(after))} of evidence is proven`;
  return [
    {
      kind: "soak-complete",
      key: isReady ? "ready" : "soaked",
      title: isReady
        ? `${phaseLabels[after.phase]} is ready ${aim}`
        : `${phaseLabels[after.phase]}: soak complete`,
      body:
        isReady || hold === undefined
          ? `${evidence}; an operator decides about ${after.candidate.version}.`
          : `${evidence}, but ${hold.rule} still holds: ${hold.observed}.`,
      query: "",
    },
  ];
}

/** Everything a promotion rests on was proven by the last check. */
function isReadyToLeave(state: RolloutState): boolean {
  return isRunning(state.status) && lastCheckOfPhase(state)?.findings.length === 0 && isSoakComplete(state);
}

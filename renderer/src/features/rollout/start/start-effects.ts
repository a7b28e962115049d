import type { RolloutProfile } from "#contract/rollout/profile";
import type { RolloutView } from "#contract/rollout/view";
import { phaseLabels } from "#contract/rollout/vocabulary";
import { formatDuration } from "../../../format/duration";
import { isPhase } from "../../../state/rollout-standing";
import type { StartForm } from "./start-form";

/** Exactly what starting does, one sentence each, for what is chosen and filled in now. */
export function startEffects(
  profile: RolloutProfile,
  form: Pick<StartForm, "version">,
  latest: RolloutView | null,
): readonly string[] {
  const [preflight] = profile.phases;
  const version = form.version.trim() === "" ? "the candidate" : form.version.trim();
  return [
    `Writes a new journal for ${version} with this profile in it; later edits of the profile do not change the rollout.`,
    `Enters ${phaseLabels.preflight} at ${preflight?.percent ?? 0} %: nothing is given to anyone yet.`,
    `Takes a check of all five surfaces every ${formatDuration(profile.checkIntervalMs)} and records each.`,
    profile.automaticPromotionThrough === null
      ? "Promotes nothing by itself: every promotion waits for an operator."
      : `Promotes by itself through ${phaseLabels[profile.automaticPromotionThrough]} once everything for it holds.`,
    ...(profile.rehearsal
      ? ["Is a rehearsal: it proves the procedure, not the release, and every screen and record says so."]
      : []),
    ...(latest !== null && isPhase(latest.status) && latest.journal.problem === ""
      ? [
          `Will be refused while the rollout of ${latest.candidate.version} runs: abort it or let it end first.`,
        ]
      : []),
  ];
}

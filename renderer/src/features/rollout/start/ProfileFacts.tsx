import type { RolloutProfile } from "#contract/rollout/profile";
import { phaseLabels } from "#contract/rollout/vocabulary";
import { formatDuration } from "../../../format/duration";
import { FigureLine } from "../../../ui/Figure";

function hookWords(profile: RolloutProfile): string {
  const { percentHook } = profile;
  if (percentHook === null) return "none: the percent is declared only";
  return [percentHook.program, ...percentHook.args].join(" ");
}

/** What a profile says besides its phases. */
export function ProfileFacts(props: { readonly profile: RolloutProfile }) {
  const { profile } = props;
  const rows = [
    ["Check every", formatDuration(profile.checkIntervalMs)],
    ["Evidence is stale after", formatDuration(profile.maximumEvidenceAgeMs)],
    ["Retries tolerated", String(profile.retryTolerance)],
    [
      "Automatic promotion",
      profile.automaticPromotionThrough === null
        ? "none: every promotion waits for an operator"
        : `through ${phaseLabels[profile.automaticPromotionThrough]}`,
    ],
    [
      "Freeze windows",
      profile.freezeWindows.length === 0
        ? "none"
        : profile.freezeWindows.map(({ title }) => title).join(", "),
    ],
    ["Percent hook", hookWords(profile)],
  ] as const;
  return (
    <dl className="px-3 pb-1">
      {rows.map(([term, value]) => (
        <FigureLine key={term} term={term}>
          <span className="block max-w-100 truncate" title={value}>
            {value}
          </span>
        </FigureLine>
      ))}
    </dl>
  );
}

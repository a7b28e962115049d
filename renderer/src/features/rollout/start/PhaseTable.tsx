import type { RolloutProfile } from "#contract/rollout/profile";
import { phaseLabels } from "#contract/rollout/vocabulary";
import { formatDuration } from "../../../format/duration";
import { ColumnHead } from "../../../ui/ColumnHead";

/** The phases of a profile: percent, evidence time and demanded gates of each. */
export function PhaseTable(props: { readonly profile: RolloutProfile }) {
  return (
    <table className="w-full" aria-label={`Phases of ${props.profile.title}`}>
      <thead className="text-small text-muted">
        <tr className="h-7">
          <ColumnHead className="px-3">Phase</ColumnHead>
          <ColumnHead figures className="px-2">
            Percent
          </ColumnHead>
          <ColumnHead figures className="px-2">
            Soak
          </ColumnHead>
          <ColumnHead className="px-3">Gates</ColumnHead>
        </tr>
      </thead>
      <tbody>
        {props.profile.phases.map((phase) => (
          <tr key={phase.id} className="h-7 border-t border-line">
            <th scope="row" className="px-3 text-left font-medium whitespace-nowrap">
              {phaseLabels[phase.id]}
            </th>
            <td className="figure px-2 text-right whitespace-nowrap">{phase.percent} %</td>
            <td className="figure px-2 text-right whitespace-nowrap">
              {phase.minimumSoakMs === 0 ? "one full run" : formatDuration(phase.minimumSoakMs)}
            </td>
            <td className="figure px-3 text-small text-muted">{phase.gates.join(" ")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import type { RolloutView } from "#contract/rollout/view";
import { phaseLabels } from "#contract/rollout/vocabulary";
import { formatDuration } from "../../../format/duration";
import { durationKinds, totalMs } from "../../../state/durations";
import { DurationsBar, DurationsLegend } from "../../../ui/DurationsBar";
import { Section } from "../../../ui/Section";
import { ColumnHead } from "../../../ui/ColumnHead";

/** Where the rollout's time went, as a whole and phase by phase. */
export function DurationsPanel(props: { readonly view: RolloutView }) {
  const { view } = props;
  const rows = [
    { key: "all", title: "Whole rollout", durations: view.durations },
    ...view.phases
      .filter((phase) => phase.enteredUnixMs !== null)
      .map((phase) => ({ key: phase.id, title: phaseLabels[phase.id], durations: phase.durations })),
  ];
  return (
    <Section title="Where time went" className="shrink-0 border-0" bodyClassName="px-3 pb-2">
      <table className="w-full text-small">
        <thead className="text-muted">
          <tr className="h-7">
            <ColumnHead>Phase</ColumnHead>
            {durationKinds.map(({ key, word }) => (
              <ColumnHead key={key} figures className="pl-2">
                {word}
              </ColumnHead>
            ))}
          </tr>
        </thead>
        {rows.map((row) => (
          <tbody key={row.key} className="border-t border-line">
            <tr className="h-6">
              <th
                scope="row"
                className={row.key === "all" ? "text-left font-semibold" : "text-left font-normal"}
              >
                {row.title}
              </th>
              {durationKinds.map(({ key }) => (
                <td key={key} className="figure pl-2 text-right whitespace-nowrap">
                  {formatDuration(row.durations[key])}
                </td>
              ))}
            </tr>
            {totalMs(row.durations) > 0 && (
              <tr>
                <td colSpan={4} className="pb-1.5">
                  <DurationsBar durations={row.durations} />
                </td>
              </tr>
            )}
          </tbody>
        ))}
      </table>
      <DurationsLegend className="mt-1" />
    </Section>
  );
}

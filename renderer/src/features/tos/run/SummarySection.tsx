import type { PhaseSummaryView } from "#contract/tos/view";
import { Figure, FigureLine } from "../../../ui/Figure";
import { EmptyState, Notice } from "../../../ui/Notice";
import { Section } from "../../../ui/Section";
import { FileAge } from "../FileAge";

/** The counts of `phase_summary.json`, over all step logs there are. */
export function SummarySection(props: { readonly summary: PhaseSummaryView | null }) {
  const { summary } = props;
  if (summary === null)
    return (
      <Section title="Phase summary" className="shrink-0">
        <EmptyState title="There is no phase_summary.json yet" />
      </Section>
    );
  const bad = (count: number): "failing" | "quiet" => (count > 0 ? "failing" : "quiet");
  return (
    <Section
      title="Phase summary"
      aside={<FileAge path={summary.path} modifiedUnixMs={summary.modifiedUnixMs} />}
      className="shrink-0"
      bodyClassName="px-3 py-1"
    >
      {summary.problem !== "" ? (
        <Notice tone="failing" className="my-1" title={summary.problem} />
      ) : (
        <>
          <dl className="grid grid-cols-2 gap-x-6" data-testid="phase-summary">
            <FigureLine term="Step logs">
              <Figure value={summary.totalSteps} />
            </FigureLine>
            <FigureLine term="Executed or done">
              <Figure value={summary.successCount} />
            </FigureLine>
            <FigureLine term="Denied">
              <Figure value={summary.deniedCount} tone={bad(summary.deniedCount)} />
            </FigureLine>
            <FigureLine term="Fatal errors">
              <Figure value={summary.fatalErrorCount} tone={bad(summary.fatalErrorCount)} />
            </FigureLine>
            <FigureLine term="Stopped">
              <Figure value={summary.stoppedCount} tone={bad(summary.stoppedCount)} />
            </FigureLine>
            <FigureLine term="Skipped">
              <Figure value={summary.skippedCount} />
            </FigureLine>
            <FigureLine term="Ever done">{summary.finalDone ? "yes" : "no"}</FigureLine>
            <FigureLine term="Stops on deny">{summary.stopOnDeny ? "yes" : "no"}</FigureLine>
          </dl>
          <p className="border-t border-line py-0.5 text-small break-words text-muted">{summary.endReason}</p>
        </>
      )}
    </Section>
  );
}

import type { LastRunSummaryView } from "#contract/tos/view";
import { EmptyState, Notice } from "../../../ui/Notice";
import { Section } from "../../../ui/Section";
import { FileAge } from "../FileAge";

/** `last_run_summary.json` field by field, and the line of its text file. */
export function LastRunSection(props: { readonly summary: LastRunSummaryView | null }) {
  const { summary } = props;
  return (
    <Section
      title="Last run summary"
      aside={summary !== null && <FileAge path={summary.path} modifiedUnixMs={summary.modifiedUnixMs} />}
      className="shrink-0"
    >
      {summary === null ? (
        <EmptyState title="There is no last_run_summary.json yet">
          <p>The window writes one with every run; the command line does with -SummaryFile.</p>
        </EmptyState>
      ) : (
        <div className="px-3 py-1">
          {summary.problem !== "" && <Notice tone="failing" className="my-1" title={summary.problem} />}
          <dl
            className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 text-small"
            data-testid="last-run-summary"
          >
            {summary.fields.map(({ key, value }) => (
              <div key={key} className="contents">
                <dt className="figure text-muted">{key}</dt>
                <dd className="figure text-right break-words">{value}</dd>
              </div>
            ))}
          </dl>
          {summary.text !== "" && (
            <p className="figure mt-1 border-t border-line pt-1 text-small break-words text-muted">
              {summary.text}
            </p>
          )}
        </div>
      )}
    </Section>
  );
}

import { useState } from "react";
import type { LastRunSummaryView } from "#contract/tos/view";
import { EmptyState, Notice } from "../../../ui/Notice";
import { Section } from "../../../ui/Section";
import { FileAge } from "../FileAge";

/** Height of a window, CSS pixels, that has room for the fields beside everything else. */
const roomyHeight = 1_000;

/** `last_run_summary.json` field by field, and the line of its text file. The fields are folded where room is scarce. */
export function LastRunSection(props: { readonly summary: LastRunSummaryView | null }) {
  const { summary } = props;
  const [open, setOpen] = useState(() => window.innerHeight >= roomyHeight);
  return (
    <Section
      title="Last run summary"
      aside={summary !== null && <FileAge path={summary.path} modifiedUnixMs={summary.modifiedUnixMs} />}
      className="shrink-0"
    >
      {summary === null ? (
        <EmptyState title="There is no last_run_summary.json yet" />
      ) : (
        <div className="px-3 py-1">
          {summary.problem !== "" && <Notice tone="failing" className="my-1" title={summary.problem} />}
          <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
            <summary className="text-small text-muted hover:text-ink">
              {summary.fields.length === 0 ? "No fields" : `${summary.fields.length} fields`}
            </summary>
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
          </details>
          {summary.text !== "" && (
            <p
              tabIndex={0}
              aria-label="The line of the text file"
              role="region"
              className="figure scroll-region mt-1 max-h-17 border-t border-line pt-1 text-small break-words text-muted"
            >
              {summary.text}
            </p>
          )}
        </div>
      )}
    </Section>
  );
}

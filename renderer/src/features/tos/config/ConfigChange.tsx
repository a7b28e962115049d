import { useMemo } from "react";
import { Notice } from "../../../ui/Notice";
import { Section } from "../../../ui/Section";
import { diffTotals } from "../checkpoints/diff/diff-rows";
import { DiffView } from "../checkpoints/diff/DiffView";
import { configDiff } from "./config-diff";

/** What the edit changes in the file. */
export function ConfigChange(props: {
  readonly title: string;
  readonly before: string;
  readonly after: string;
  readonly none: string;
  readonly className?: string;
}) {
  const { after, before } = props;
  const rows = useMemo(() => configDiff(before, after), [before, after]);
  const totals = diffTotals(rows ?? []);
  return (
    <Section
      title={props.title}
      {...(props.className === undefined ? {} : { className: props.className })}
      aside={
        rows !== null &&
        rows.length > 0 && (
          <span className="figure flex gap-2 text-small" data-testid="config-change">
            <span className="text-healthy">+{totals.additions}</span>
            <span className="text-failing">−{totals.deletions}</span>
          </span>
        )
      }
      bodyClassName="flex flex-col"
    >
      {rows === null ? (
        <Notice tone="stale" title="The two differ too much to show the difference line by line." />
      ) : rows.length === 0 ? (
        <p className="px-3 py-1.5 text-muted">{props.none}</p>
      ) : (
        <DiffView rows={rows} label={`Lines, ${props.title.toLowerCase()}`} />
      )}
    </Section>
  );
}

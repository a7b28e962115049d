import { ChevronDown, ChevronRight } from "lucide-react";
import type { SurfaceView } from "#contract/view";
import { surfaceLabels } from "#contract/identity";
import { RecordLink } from "../../ui/RecordLink";

/** Why a surface holds: its first hold, expected against observed, the record; the others behind a button. */
export function WhyCell(props: {
  readonly view: SurfaceView;
  readonly expanded: boolean;
  readonly onToggle: () => void;
  readonly detailsId: string;
}) {
  const { expanded, view } = props;
  const { holds, healthReason, surface } = view.reading;
  const [first] = holds;
  if (first === undefined)
    return (
      <div className="flex min-w-0 flex-col">
        <span className="text-muted">Nothing holds it.</span>
        <span className="line-clamp-2 text-small text-faint">{healthReason}</span>
      </div>
    );
  const Chevron = expanded ? ChevronDown : ChevronRight;
  return (
    <div className="flex min-w-0 flex-col items-start">
      <span className="line-clamp-2 font-medium" title={first.title}>
        {first.title}
      </span>
      <dl className="figure grid w-full grid-cols-[auto_1fr] gap-x-2 text-small">
        <dt className="font-sans text-faint">expected</dt>
        <dd className="truncate text-muted" title={first.expected}>
          {first.expected}
        </dd>
        <dt className="font-sans text-faint">observed</dt>
        <dd className="line-clamp-2 break-words text-ink" title={first.observed}>
          {first.observed}
        </dd>
      </dl>
      <span className="flex w-full min-w-0 items-center justify-between gap-2">
        {first.record === null ? (
          <span className="text-small text-faint">no record</span>
        ) : (
          <RecordLink view={view} record={first.record} />
        )}
        <button
          type="button"
          aria-expanded={expanded}
          aria-controls={props.detailsId}
          aria-label={`Why ${surfaceLabels[surface]} holds`}
          className="inline-flex shrink-0 items-center gap-0.5 rounded-control px-1 text-small text-muted hover:bg-hover hover:text-ink"
          onClick={props.onToggle}
        >
          <Chevron size={13} aria-hidden />
          {holds.length > 1 ? `Why (${holds.length})` : "Why"}
        </button>
      </span>
    </div>
  );
}

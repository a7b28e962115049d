import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useEffect, useState } from "react";
import type { TimelineEntry } from "#contract/rollout/journal";
import type { RolloutView } from "#contract/rollout/view";
import { formatCount } from "../../../format/number";
import { rolloutRoute } from "../../../state/route";
import { navigate } from "../../../state/use-route";
import { useRequest } from "../../../state/use-request";
import { Button } from "../../../ui/Button";
import { CodeView } from "../../../ui/CodeView";
import { EmptyState, ErrorNotice } from "../../../ui/Notice";
import { SkeletonLines } from "../../../ui/Skeleton";
import { EventStory } from "./EventStory";

function Place(props: { readonly view: RolloutView; readonly entry: TimelineEntry }) {
  const rows = [
    ["Journal", props.view.journal.path],
    ["Byte offset", formatCount(props.entry.byteOffset)],
    ["Hash", props.entry.hash],
  ] as const;
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-3 border-t border-line px-3 py-2 text-small">
      {rows.map(([term, value]) => (
        <div key={term} className="contents">
          <dt className="text-muted">{term}</dt>
          <dd className="figure break-all">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** One entry of the journal in full: each of its events in words, where it stands, and the entry itself. */
export function EntryDetail(props: { readonly view: RolloutView; readonly sequence: number }) {
  const { sequence, view } = props;
  const [shown, setShown] = useState<"words" | "record">("words");
  const { rolloutId } = view;
  const { ask, error, value } = useRequest("rollout.timeline", {
    rolloutId,
    beforeSequence: sequence + 1,
    limit: 1,
  });
  const entry = value?.entries.find((known) => known.sequence === sequence);
  const go = (to: number | null): void => navigate(rolloutRoute(rolloutId, "timeline", { sequence: to }));
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      // Escape closes the topmost thing first; a menu or dialog has taken it already.
      if (event.key === "Escape" && !event.defaultPrevented) navigate(rolloutRoute(rolloutId, "timeline"));
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [rolloutId]);
  return (
    <>
      <header className="flex h-7 shrink-0 items-center justify-between border-b border-line pl-3">
        <h2 className="figure text-small">entry {formatCount(sequence)}</h2>
        <span className="flex">
          <Button look="quiet" size="small" onClick={() => setShown(shown === "words" ? "record" : "words")}>
            {shown === "words" ? "Show the record" : "Show in words"}
          </Button>
          <Button
            look="quiet"
            size="small-icon"
            aria-label="Older entry"
            disabled={sequence <= 1}
            onClick={() => go(sequence - 1)}
          >
            <ChevronDown size={14} aria-hidden />
          </Button>
          <Button
            look="quiet"
            size="small-icon"
            aria-label="Newer entry"
            disabled={sequence >= view.journal.entries}
            onClick={() => go(sequence + 1)}
          >
            <ChevronUp size={14} aria-hidden />
          </Button>
          <Button look="quiet" size="small-icon" aria-label="Close the entry" onClick={() => go(null)}>
            <X size={14} aria-hidden />
          </Button>
        </span>
      </header>
      {error !== null && <ErrorNotice error={error} className="m-2" onRetry={ask} />}
      {value === null && error === null && <SkeletonLines lines={6} />}
      {value !== null && entry === undefined && (
        <EmptyState title={`The journal has no entry ${formatCount(sequence)}`} />
      )}
      {entry !== undefined && shown === "record" && (
        <CodeView label={`Record of entry ${sequence}`} text={JSON.stringify(entry, null, 2)} />
      )}
      {entry !== undefined && shown === "words" && (
        <div
          className="scroll-region min-h-0 flex-1"
          tabIndex={0}
          role="region"
          aria-label={`Entry ${sequence} in words`}
        >
          {entry.events.map((event, index) => (
            // The events of an entry never change places.
            // eslint-disable-next-line react/no-array-index-key
            <EventStory key={index} event={event} />
          ))}
          <Place view={view} entry={entry} />
        </div>
      )}
    </>
  );
}

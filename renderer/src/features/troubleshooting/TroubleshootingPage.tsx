import { Crosshair } from "lucide-react";
import { surfaceLabels } from "#contract/identity";
import type { SurfaceView, TroubleshootingEntry } from "#contract/view";
import { useReady, useSurfaces } from "../../state/console-store";
import { displayStatus } from "../../state/display-status";
import { formatRoute } from "../../state/route";
import { surfaceRoute } from "../../state/use-route";
import { formatCounted } from "../../format/number";
import { Prose } from "../../ui/Prose";
import { RecordLink } from "../../ui/RecordLink";
import { SkeletonLines } from "../../ui/Skeleton";
import { StatusWord } from "../../ui/StatusGlyph";
import { classNames } from "../../ui/class-names";

function EntryRow(props: { readonly view: SurfaceView; readonly entry: TroubleshootingEntry }) {
  const { entry, view } = props;
  return (
    <tr
      className={classNames("border-t border-line align-top", entry.matched && "bg-accent-wash")}
      data-matched={entry.matched}
    >
      <td className="px-3 py-1.5 font-medium whitespace-nowrap">
        {entry.matched ? (
          <span className="inline-flex items-center gap-1.5 text-ink">
            <Crosshair size={14} className="text-accent" aria-hidden />
            Matches
          </span>
        ) : (
          <span className="text-faint">No match</span>
        )}
      </td>
      <td className="px-3 py-1.5">
        <p className={entry.matched ? "font-medium" : "text-muted"}>
          <Prose text={entry.symptom} />
        </p>
        {entry.matched && (
          <p className="mt-0.5 flex flex-wrap items-baseline gap-x-3 text-muted">
            <span className="figure text-small">{entry.observed}</span>
            {entry.record !== null && <RecordLink view={view} record={entry.record} />}
          </p>
        )}
      </td>
      <td className={classNames("px-3 py-1.5", !entry.matched && "text-muted")}>
        <Prose text={entry.action} />
      </td>
      <td className="px-3 py-1.5 text-small text-faint">{entry.source}</td>
    </tr>
  );
}

function SurfaceGroup(props: { readonly view: SurfaceView }) {
  const { view } = props;
  const { reading, troubleshooting } = view;
  const entries = [...troubleshooting].sort((left, right) => Number(right.matched) - Number(left.matched));
  const matched = entries.filter((entry) => entry.matched).length;
  return (
    <section aria-label={surfaceLabels[reading.surface]} className="border border-line bg-panel">
      <header className="flex h-8 items-center gap-3 px-3">
        <h2 className="text-body font-semibold">
          <a href={formatRoute(surfaceRoute(reading.surface))} className="hover:underline">
            {surfaceLabels[reading.surface]}
          </a>
        </h2>
        <StatusWord status={displayStatus(reading)} />
        <span className="ml-auto text-small text-muted">
          {matched > 0
            ? `${formatCounted(matched, "symptom")} ${matched === 1 ? "matches" : "match"}`
            : "none matches"}
        </span>
      </header>
      <table className="w-full table-fixed">
        <caption className="sr-only">Symptoms and actions for {surfaceLabels[reading.surface]}</caption>
        <colgroup>
          <col className="w-26" />
          <col />
          <col />
          <col className="w-52" />
        </colgroup>
        <thead className="text-small text-muted">
          <tr className="h-6 border-t border-line">
            {["Now", "Symptom", "Action", "Source"].map((title) => (
              <th key={title} scope="col" className="px-3 text-left font-medium">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <EntryRow key={entry.id} view={view} entry={entry} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The runbooks' symptom and action tables; what matches the readings now comes first, with its evidence. */
export function TroubleshootingPage() {
  const ready = useReady();
  const views = useSurfaces();
  const matches = (view: SurfaceView): number => view.troubleshooting.filter((entry) => entry.matched).length;
  const ordered = [...views].sort((left, right) => Number(matches(right) > 0) - Number(matches(left) > 0));
  return (
    <>
      <header className="flex h-10 shrink-0 items-center gap-3 border-b border-line bg-panel px-4">
        <h1 className="text-title font-semibold">Troubleshooting</h1>
        <p className="truncate text-muted">
          Symptoms and actions of the runbooks; what matches the readings now stands first.
        </p>
      </header>
      <div
        className="scroll-region flex min-h-0 flex-1 flex-col gap-2 p-2"
        tabIndex={0}
        role="region"
        aria-label="Symptoms"
      >
        {ready ? (
          ordered.map((view) => <SurfaceGroup key={view.reading.surface} view={view} />)
        ) : (
          <SkeletonLines lines={8} />
        )}
      </div>
    </>
  );
}

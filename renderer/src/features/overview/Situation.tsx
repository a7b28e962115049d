import { ArrowRight } from "lucide-react";
import type { SurfaceView } from "#contract/view";
import { surfaceLabels } from "#contract/identity";
import { formatRoute } from "../../state/route";
import { surfaceRoute } from "../../state/use-route";
import { Prose } from "../../ui/Prose";
import { RecordLink } from "../../ui/RecordLink";
import { Section } from "../../ui/Section";

/** What would have to change for every held gate to pass. */
function Remedies(props: { readonly views: readonly SurfaceView[] }) {
  const holds = props.views.flatMap((view) => view.reading.holds.map((hold) => ({ view, hold })));
  return (
    <Section title="What would have to change" className="flex-1" bodyClassName="scroll-region">
      {holds.length === 0 ? (
        <p className="px-3 py-2 text-muted">Nothing. No gate holds.</p>
      ) : (
        <ul>
          {holds.map(({ hold, view }) => (
            <li
              key={`${view.reading.surface} ${hold.rule} ${hold.observed}`}
              className="grid grid-cols-[9.5rem_1fr_auto] gap-3 border-b border-line px-3 py-1 last:border-b-0"
            >
              <a
                href={formatRoute(surfaceRoute(view.reading.surface))}
                className="truncate font-medium hover:underline"
              >
                {surfaceLabels[view.reading.surface]}
              </a>
              <span className="min-w-0 text-muted">{hold.remedy}</span>
              {hold.record === null ? <span /> : <RecordLink view={view} record={hold.record} />}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** The runbooks' rows that match what is observed now. */
function Matches(props: { readonly views: readonly SurfaceView[] }) {
  const matched = props.views.flatMap((view) =>
    view.troubleshooting.filter((entry) => entry.matched).map((entry) => ({ view, entry })),
  );
  return (
    <Section
      title="Symptoms that match"
      className="flex-1"
      bodyClassName="scroll-region"
      aside={
        <a href={formatRoute({ view: "troubleshooting" })} className="text-small text-accent hover:underline">
          All symptoms
        </a>
      }
    >
      {matched.length === 0 ? (
        <p className="px-3 py-2 text-muted">No symptom of the runbooks matches what is observed.</p>
      ) : (
        <ul>
          {matched.map(({ entry, view }) => (
            <li
              key={entry.id}
              className="grid grid-cols-[9.5rem_1fr] gap-x-3 border-b border-line px-3 py-1 last:border-b-0"
            >
              <span className="truncate font-medium">{surfaceLabels[view.reading.surface]}</span>
              <span className="min-w-0">
                <Prose text={entry.symptom} />
                <ArrowRight size={13} className="mx-1.5 inline text-faint" role="img" aria-label="then" />
                <span className="text-muted">
                  <Prose text={entry.action} />
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** What to do about it, where the window is high enough; each row stands on its surface's page as well. */
export function Situation(props: { readonly views: readonly SurfaceView[] }) {
  if (props.views.length === 0) return null;
  return (
    <div className="hidden min-h-40 flex-1 gap-2 [@media(min-height:900px)]:flex">
      <Remedies views={props.views} />
      <Matches views={props.views} />
    </div>
  );
}

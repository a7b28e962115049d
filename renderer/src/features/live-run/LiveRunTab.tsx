import type { BrowserLiveSummary } from "#contract/reading";
import type { SurfaceView } from "#contract/view";
import { Figure, FigureLine } from "../../ui/Figure";
import { EmptyState, Notice } from "../../ui/Notice";
import { Provenance, useHeld } from "../../ui/Provenance";
import { Section } from "../../ui/Section";
import { StatusWord } from "../../ui/StatusGlyph";
import { Timeline } from "./Timeline";

const figures = [
  ["discovered_cases", "Discovered cases"],
  ["success_cases", "Succeeded"],
  ["malformed_cases", "Malformed"],
  ["retryable_failures", "Retryable failures"],
  ["timeout_failures", "Timeouts"],
  ["denied_unsafe_actions", "Unsafe actions denied"],
  ["denied_action_limit", "Action limits denied"],
  ["artifact_records", "Artifact records"],
] as const satisfies readonly (readonly [keyof BrowserLiveSummary, string])[];

function Summary(props: { readonly summary: BrowserLiveSummary }) {
  const { summary } = props;
  return (
    <>
      <dl className="px-3">
        <FigureLine term="State">
          <StatusWord status={summary.health_state} />
        </FigureLine>
        {figures.map(([key, term]) => (
          <FigureLine key={key} term={term}>
            <Figure value={summary[key]} />
          </FigureLine>
        ))}
      </dl>
      <ul className="figure border-t border-line px-3 py-1.5 text-muted" aria-label="Reason codes">
        {summary.reason_codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
    </>
  );
}

/** The last live run of a real browser: its summary and every step. */
export function LiveRunTab(props: { readonly view: SurfaceView }) {
  const { live } = props.view.reading;
  const held = useHeld(live?.freshness ?? { status: "never-seen" });
  if (live === null)
    return (
      <EmptyState title="No live run yet">
        <p>
          A live run drives a real browser and writes its summary. This workspace has none: set the driver's
          runner to live, or run the browser live check.
        </p>
      </EmptyState>
    );
  return (
    <div className="grid min-h-0 flex-1 grid-cols-[300px_minmax(0,1fr)] gap-2 p-2">
      <Section title="Summary" held={held} className="self-start">
        {live.freshness.detail !== "" && (
          <Notice
            tone={live.freshness.status === "unreadable" ? "failing" : "stale"}
            title={live.freshness.detail}
          />
        )}
        {live.summary === null ? (
          <EmptyState title="No summary was read" />
        ) : (
          <Summary summary={live.summary} />
        )}
      </Section>
      <Section
        title="Timeline"
        held={held}
        aside={<Provenance freshness={live.freshness} />}
        bodyClassName="scroll-region"
      >
        {live.summary === null || live.summary.timeline.length === 0 ? (
          <EmptyState title="No steps" />
        ) : (
          <Timeline entries={live.summary.timeline} />
        )}
      </Section>
    </div>
  );
}

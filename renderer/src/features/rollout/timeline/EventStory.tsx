import type { RolloutEvent } from "#contract/rollout/journal";
import { formatTimestamp } from "../../../format/time";
import { classNames } from "../../../ui/class-names";
import { toneText } from "../../../ui/StatusGlyph";
import { CheckStory } from "./CheckStory";
import { EventGlyph } from "./EventGlyph";
import { eventFacts } from "./event-facts";
import { eventWords } from "./event-words";
import { FindingStory } from "./FindingStory";

/** Everything one event says, in words. */
export function EventStory(props: { readonly event: RolloutEvent }) {
  const { event } = props;
  const words = eventWords(event);
  const findings = event.type === "trigger-fired" || event.type === "check-recorded" ? event.findings : [];
  return (
    <section className="border-b border-line px-3 py-2">
      <h3 className="flex items-start gap-2 font-semibold">
        <span className="flex h-5 items-center">
          <EventGlyph type={event.type} tone={words.tone} />
        </span>
        <span className={classNames("min-w-0 break-words", words.tone === "failing" && toneText.failing)}>
          {words.title}
        </span>
      </h3>
      <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3 text-small">
        {[
          ["At", `${formatTimestamp(event.at.unixMs)} UTC`] as const,
          ...(words.by === null ? [] : [["Who", words.by] as const]),
          ...(words.reason === null ? [] : [["Why", words.reason] as const]),
          ...eventFacts(event),
        ].map(([term, value]) => (
          <div key={term} className="contents">
            <dt className="text-muted">{term}</dt>
            <dd className="break-words whitespace-pre-line">{value}</dd>
          </div>
        ))}
      </dl>
      {findings.map((finding, index) => (
        // The findings of an event never change places.
        // eslint-disable-next-line react/no-array-index-key
        <FindingStory key={index} finding={finding} />
      ))}
      {event.type === "check-recorded" && <CheckStory check={event} />}
    </section>
  );
}

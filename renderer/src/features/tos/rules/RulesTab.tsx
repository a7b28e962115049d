import { useState } from "react";
import type { TosView } from "#contract/tos/view";
import { formatCount } from "../../../format/number";
import { useConsole } from "../../../state/console-store";
import { Age } from "../../../ui/Age";
import { classNames } from "../../../ui/class-names";
import { ColumnHead } from "../../../ui/ColumnHead";
import { Section } from "../../../ui/Section";
import { FailureReport } from "./FailureReport";
import { orderedFindings, statusCounts, statusWords, type FindingStatus } from "./finding-words";
import { FindingRow } from "./FindingRow";
import { ReactionList } from "./ReactionList";

/** What the documents demand, how things stand with each rule, and what they say to do now. */
export function RulesTab(props: { readonly view: TosView }) {
  const { reactions, readUnixMs, rules } = props.view;
  const connected = useConsole((state) => state.connection === "connected");
  const [chosen, setChosen] = useState<FindingStatus | null>(null);
  const counts = statusCounts(rules);
  const status = counts.some((known) => known.status === chosen) ? chosen : null;
  const shown = orderedFindings(rules).filter((finding) => status === null || finding.status === status);
  const choice = (value: FindingStatus | null, label: string, count: number) => (
    <button
      key={label}
      type="button"
      aria-pressed={status === value}
      className={classNames(
        "h-6 rounded-control border px-2 text-small whitespace-nowrap hover:bg-hover",
        status === value ? "border-accent bg-accent-wash text-ink" : "border-line-strong text-muted",
      )}
      onClick={() => setChosen(value)}
    >
      {label} <span className="figure">{formatCount(count)}</span>
    </button>
  );
  return (
    <div
      className={classNames("flex min-h-0 flex-1 flex-col gap-2 p-2", !connected && "held hatched")}
      data-testid="rules-tab"
    >
      <Section
        title="What to do now"
        aside={<FailureReport />}
        className="max-h-2/5 shrink-0"
        bodyClassName="scroll-region"
      >
        <ReactionList reactions={reactions} />
      </Section>
      <Section
        title="Rules"
        aside={
          <div className="flex items-center gap-1.5">
            <div role="group" aria-label="Which rules" className="flex gap-1.5">
              {choice(null, "All", rules.length)}
              {counts.map(({ count, status: known }) => choice(known, statusWords[known], count))}
            </div>
            <span className="pl-2 text-small whitespace-nowrap text-faint">
              judged <Age unixMs={readUnixMs} />
            </span>
          </div>
        }
        className="flex-1"
        bodyClassName="flex flex-col"
      >
        <div
          className="scroll-region min-h-0 flex-1"
          tabIndex={0}
          role="region"
          aria-label="Rules and how they stand"
        >
          <table className="w-full table-fixed">
            <caption className="sr-only">
              Rules, what breaking each does, and how things stand with it
            </caption>
            <colgroup>
              <col className="w-16" />
              <col className="w-38" />
              <col className="w-24" />
              <col />
              <col className="w-64" />
            </colgroup>
            <thead className="text-small text-muted">
              <tr className="h-6">
                {["Rule", "Now", "Broken, it", "What it demands", "Source"].map((title) => (
                  <ColumnHead key={title} className="px-3">
                    {title}
                  </ColumnHead>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((finding) => (
                <FindingRow key={finding.rule} finding={finding} />
              ))}
            </tbody>
          </table>
        </div>
      </Section>
    </div>
  );
}

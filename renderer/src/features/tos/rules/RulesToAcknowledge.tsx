import { Ban, TriangleAlert } from "lucide-react";
import { useId } from "react";
import type { RuleNotice } from "#contract/tos/view";
import { Prose } from "../../../ui/Prose";
import { classNames } from "../../../ui/class-names";
import { asksForAcknowledgement, type AcknowledgedRules } from "./acknowledged-rules";
import { classWords } from "./finding-words";

const maximumReason = 500;

function RuleEntry(props: {
  readonly notice: RuleNotice;
  readonly own: string | undefined;
  readonly onChange: (own: string | undefined) => void;
}) {
  const { notice, own } = props;
  const words = useId();
  const blocks = notice.class === "block";
  const Glyph = blocks ? Ban : TriangleAlert;
  return (
    <li className="border-b border-line px-3 py-1.5 last:border-b-0" data-rule={notice.rule}>
      <div className="flex items-start gap-2">
        <Glyph
          size={14}
          strokeWidth={2.25}
          className={classNames("mt-[3px] shrink-0", blocks ? "text-failing" : "text-degraded")}
          aria-hidden
        />
        <div className="min-w-0 flex-1" id={words}>
          <p>
            <span className="figure font-semibold">{notice.rule}</span>{" "}
            <span className={classNames("font-medium", blocks ? "text-failing" : "text-degraded")}>
              {classWords[notice.class]}
            </span>
            : <Prose text={notice.text} />
          </p>
          <p className="text-small text-faint">{notice.source}</p>
        </div>
      </div>
      {!asksForAcknowledgement(notice) ? null : notice.overridable ? (
        <div className="mt-1 flex items-center gap-2 pl-5.5">
          <label className="flex shrink-0 items-center gap-1.5">
            <input
              type="checkbox"
              checked={own !== undefined}
              aria-describedby={words}
              onChange={(event) => props.onChange(event.target.checked ? "" : undefined)}
            />
            {blocks ? `Override ${notice.rule}` : `Acknowledge ${notice.rule}`}
          </label>
          {own !== undefined && (
            <input
              value={own}
              maxLength={maximumReason}
              aria-label={`Why in spite of ${notice.rule}`}
              placeholder="Why in spite of it; empty: the reason below"
              className="h-6 min-w-0 flex-1 rounded-control border border-control bg-panel px-2 text-small"
              onChange={(event) => props.onChange(event.target.value)}
            />
          )}
        </div>
      ) : (
        <p className="pl-5.5 text-small text-muted">This cannot be overridden.</p>
      )}
    </li>
  );
}

/** The rules that stand in the way of an operation, each to be acknowledged by name before it is done. */
export function RulesToAcknowledge(props: {
  readonly rules: readonly RuleNotice[];
  readonly acknowledged: AcknowledgedRules;
  readonly onChange: (acknowledged: AcknowledgedRules) => void;
}) {
  const { acknowledged, onChange, rules } = props;
  if (rules.length === 0) return null;
  return (
    <section aria-label="Rules to acknowledge" className="border border-line">
      <p className="border-b border-line bg-raised px-3 py-0.5 text-small text-muted">
        {rules.length === 1 ? "A rule stands" : `${rules.length} rules stand`} in the way. What you
        acknowledge is kept with your name.
      </p>
      <ul tabIndex={0} aria-label="Rules" className="scroll-region max-h-80">
        {rules.map((notice) => (
          <RuleEntry
            key={notice.rule}
            notice={notice}
            own={acknowledged[notice.rule]}
            onChange={(own) => {
              const { [notice.rule]: _dropped, ...others } = acknowledged;
              onChange(own === undefined ? others : { ...others, [notice.rule]: own });
            }}
          />
        ))}
      </ul>
    </section>
  );
}

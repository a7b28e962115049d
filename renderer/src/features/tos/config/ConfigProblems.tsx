import { CircleCheck, CornerDownRight, OctagonX } from "lucide-react";
import { useMemo } from "react";
import type { GovernanceFinding } from "#contract/tos/governance";
import { formatCounted } from "../../../format/number";
import { Prose } from "../../../ui/Prose";
import { Section } from "../../../ui/Section";
import { placeOfProblem, ruleOfProblem, type TextPlace } from "./problem-place";

/** What is wrong with the text as it stands, each with the rule it breaks and the way to its line. */
export function ConfigProblems(props: {
  readonly text: string;
  readonly problems: readonly string[];
  /** The answer is about the text as it is now. */
  readonly upToDate: boolean;
  readonly rules: readonly GovernanceFinding[];
  readonly onShow: (place: TextPlace) => void;
  readonly className?: string;
}) {
  const { problems, rules, text, upToDate } = props;
  const placed = useMemo(
    () => problems.map((problem) => ({ problem, place: placeOfProblem(text, problem) })),
    [problems, text],
  );
  const broken = rules.filter(({ rule }) => problems.some((problem) => ruleOfProblem(problem) === rule));
  return (
    <Section
      title="Problems"
      {...(props.className === undefined ? {} : { className: props.className })}
      aside={
        <span role="status" className="text-small" data-testid="config-check" data-up-to-date={upToDate}>
          {upToDate ? (
            problems.length === 0 ? (
              <span className="inline-flex items-center gap-1 text-healthy">
                <CircleCheck size={12} strokeWidth={2.25} aria-hidden />
                Keys and types as defined
              </span>
            ) : (
              <span className="inline-flex items-center gap-1 font-medium text-failing">
                <OctagonX size={12} strokeWidth={2.25} aria-hidden />
                {formatCounted(problems.length, "problem")}
              </span>
            )
          ) : (
            <span className="text-muted">Checking…</span>
          )}
        </span>
      }
      bodyClassName="scroll-region"
    >
      {placed.length === 0 ? (
        <p className="px-3 py-1.5 text-muted">
          Nothing is wrong with the keys, their types and the patterns.
        </p>
      ) : (
        <ul aria-label="Problems of the configuration">
          {placed.map(({ place, problem }) => (
            <li key={problem} className="border-b border-line last:border-b-0">
              <button
                type="button"
                disabled={place === null}
                className="flex w-full items-start gap-2 px-3 py-1 text-left hover:bg-hover disabled:hover:bg-transparent"
                onClick={() => place !== null && props.onShow(place)}
              >
                <span className="figure w-14 shrink-0 text-small text-failing">
                  {place === null ? "file" : `line ${place.line}`}
                </span>
                <span className="min-w-0 flex-1 break-words">
                  <Prose text={problem.replace(/^config_v0_3\.json: /, "")} />
                </span>
                {place !== null && (
                  <CornerDownRight size={12} className="mt-1 shrink-0 text-accent" aria-hidden />
                )}
              </button>
            </li>
          ))}
        </ul>
      )}
      {broken.length > 0 && (
        <dl className="border-t border-line bg-raised px-3 py-1 text-small">
          {broken.map(({ rule, source, title }) => (
            <div key={rule}>
              <dt className="inline">
                <span className="figure font-semibold">{rule}</span> {title}{" "}
              </dt>
              <dd className="inline text-faint">{source}</dd>
            </div>
          ))}
        </dl>
      )}
    </Section>
  );
}

import type { RolloutView } from "#contract/rollout/view";
import { Age } from "../../../ui/Age";
import { comparedFacts } from "./state-facts";

/** What the decision rests on. Against an earlier state, what has changed since says what it was. */
export function DecisionFacts(props: { readonly view: RolloutView; readonly before: RolloutView }) {
  const { lastCheck, revision } = props.view;
  return (
    <section aria-label="The state this is decided on" className="border border-line bg-raised px-3 py-1.5">
      <p className="flex justify-between gap-3 text-small text-faint">
        <span>
          Decided on revision <span className="figure">{revision}</span>
        </span>
        <span>
          {lastCheck === null ? (
            "no check yet"
          ) : (
            <>
              check <span className="figure">{lastCheck.check}</span>, <Age unixMs={lastCheck.unixMs} />
            </>
          )}
        </span>
      </p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 text-small">
        {comparedFacts(props.before, props.view).map(({ term, value, was }) => (
          <div key={term} className="contents">
            <dt className="text-muted">{term}</dt>
            <dd className="break-words" data-fact={term}>
              {value}
              {was !== null && <span className="font-medium text-degraded"> (was: {was})</span>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

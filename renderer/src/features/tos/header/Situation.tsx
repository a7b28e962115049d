import { CircleCheck, OctagonAlert, TriangleAlert, type LucideIcon } from "lucide-react";
import type { Reaction } from "#contract/tos/governance";
import type { TosView } from "#contract/tos/view";
import { phaseStanding, tosGuidance } from "../../../state/tos-standing";
import { formatRoute, tosRoute } from "../../../state/route";
import { Elapsed } from "../../../ui/Age";
import { classNames } from "../../../ui/class-names";
import { Hint } from "../../../ui/Hint";
import { Prose } from "../../../ui/Prose";
import { operationWords } from "../operation-words";
import { TosGlyph } from "../TosMark";

const gravities: Readonly<
  Record<Reaction["gravity"], { readonly Glyph: LucideIcon; readonly word: string; readonly text: string }>
> = {
  stop: { Glyph: OctagonAlert, word: "Stop", text: "text-failing" },
  attention: { Glyph: TriangleAlert, word: "Attention", text: "text-degraded" },
  normal: { Glyph: CircleCheck, word: "Normal", text: "text-healthy" },
};

function RunUnderWay(props: { readonly run: NonNullable<TosView["run"]> }) {
  const { run } = props;
  return (
    <p
      className="flex min-w-80 flex-1 items-center gap-2 whitespace-nowrap"
      data-testid="run-under-way"
      aria-live="polite"
    >
      <TosGlyph standing={run.state === "cancelling" ? "cancelling" : "running"} />
      <span className="font-medium">
        {operationWords[run.operation].label}
        {run.state === "cancelling" ? ", being cancelled" : " under way"}
      </span>
      <span className="text-muted" aria-live="off">
        for <Elapsed sinceUnixMs={run.startedUnixMs} />
      </span>
      <span className="min-w-0 truncate text-muted" title={run.doing}>
        {run.doing}
      </span>
    </p>
  );
}

/** How the state is to be read and what to do about it, gravest first: the words of the documents, with their source. */
export function Situation(props: { readonly view: TosView }) {
  const { phase, reactions, run } = props.view;
  if (run !== null) return <RunUnderWay run={run} />;
  const [first, ...others] = reactions;
  if (first === undefined)
    return <p className="min-w-80 flex-1 text-muted">{tosGuidance[phaseStanding(phase)]}</p>;
  const { Glyph, text, word } = gravities[first.gravity];
  return (
    <div className="flex min-w-80 flex-1 items-center gap-2" data-gravity={first.gravity}>
      <Glyph size={15} strokeWidth={2.25} className={classNames("shrink-0", text)} aria-hidden />
      <Hint
        content={
          <>
            <p className="font-medium">{first.title}</p>
            <p>
              <Prose text={first.guidance} />
            </p>
            <p className="text-muted">{first.source}</p>
            {first.level !== null && <p className="text-muted">Suggested escalation level {first.level}</p>}
          </>
        }
      >
        <p tabIndex={0} className="line-clamp-2 min-w-0 text-small" data-testid="guidance">
          <span className={classNames("font-semibold", text)}>{word}:</span>{" "}
          <span className="font-medium">{first.title}.</span> <Prose text={first.guidance} />
        </p>
      </Hint>
      {others.length > 0 && (
        <a
          href={formatRoute(tosRoute("rules"))}
          className="shrink-0 text-small whitespace-nowrap text-accent hover:underline"
        >
          {others.length} more
        </a>
      )}
    </div>
  );
}

import {
  ChevronLeft,
  ChevronRight,
  Circle,
  CircleCheck,
  CircleX,
  LoaderCircle,
  Ban,
  Unplug,
  type LucideIcon,
} from "lucide-react";
import { useState } from "react";
import { formatDuration } from "../../../format/duration";
import { Elapsed } from "../../../ui/Age";
import { Button } from "../../../ui/Button";
import { classNames } from "../../../ui/class-names";
import { endedUnbegun, newestTelling, type StageState, type StageStory, type StepStory } from "./story";

const looks: Readonly<
  Record<StageState, { readonly Glyph: LucideIcon; readonly word: string; readonly text: string }>
> = {
  ahead: { Glyph: Circle, word: "ahead", text: "text-faint" },
  now: { Glyph: LoaderCircle, word: "now", text: "text-accent" },
  passed: { Glyph: CircleCheck, word: "passed", text: "text-healthy" },
  failed: { Glyph: CircleX, word: "failed", text: "text-failing" },
  denied: { Glyph: Ban, word: "denied", text: "text-denied" },
  "cut-off": { Glyph: Unplug, word: "cut off", text: "text-stale" },
};

const names: Readonly<Record<StageStory["stage"], string>> = {
  draft: "Draft",
  review: "Review",
  final: "Final",
  policy: "Policy",
  execute: "Execute",
};

function Stage(props: { readonly story: StageStory }) {
  const { detail, endedUnixMs, sinceUnixMs, stage, state } = props.story;
  const { Glyph, text, word } = looks[state];
  // The glyph tells these two; how long it took is worth more than the word where there is room for one of them.
  const timed = sinceUnixMs !== null && stage !== "policy" && (state === "passed" || state === "now");
  return (
    <li
      className={classNames(
        "min-w-0 flex-1 border-t-2 pt-1",
        state === "ahead" ? "border-line" : state === "now" ? "border-accent" : "border-line-strong",
      )}
      data-stage={stage}
      data-state={state}
      aria-current={state === "now" ? "step" : undefined}
    >
      <p className="flex items-center gap-1.5 whitespace-nowrap">
        <Glyph
          size={14}
          strokeWidth={2.25}
          className={classNames("shrink-0", text, state === "now" && "turning")}
          aria-hidden
        />
        <span className={classNames("font-medium", state === "ahead" && "text-faint")}>{names[stage]}</span>
        <span className={classNames("truncate text-small", text)}>
          {timed ? (
            <>
              <span className="sr-only">{word} </span>
              <span className="text-faint">
                {endedUnixMs === null ? (
                  <Elapsed sinceUnixMs={sinceUnixMs} />
                ) : (
                  <span className="tabular-nums">{formatDuration(endedUnixMs - sinceUnixMs)}</span>
                )}
              </span>
            </>
          ) : (
            word
          )}
        </span>
      </p>
      <p className="h-4 truncate text-small text-muted" title={detail}>
        {detail}
      </p>
    </li>
  );
}

/** The step that is looked at: the newest that has something to tell, until the operator steps back; and where to go from there. */
export function useChosenStep(steps: readonly StepStory[]): {
  readonly story: StepStory | undefined;
  readonly index: number;
  readonly choose: (index: number) => void;
} {
  const [chosen, setChosen] = useState<number | null>(null);
  const last = steps.length - 1;
  const telling = newestTelling(steps);
  const index = chosen === null ? telling : Math.min(chosen, last);
  return { story: steps[index], index, choose: (to) => setChosen(to === telling ? null : Math.max(0, to)) };
}

/** One step's way from draft to execution, with the way to the steps before and after it. */
export function StageLine(props: {
  readonly story: StepStory;
  readonly index: number;
  readonly count: number;
  readonly onChoose: (index: number) => void;
}) {
  const { count, index, onChoose, story } = props;
  return (
    <section aria-label={`Step ${story.step}`} className="shrink-0 border-b border-line px-3 py-1.5">
      <div className="flex items-center gap-1 pb-1">
        <p className="font-medium" data-testid="step-shown">
          Step <span className="figure">{story.step}</span>
          <span className="font-normal text-muted">
            {" "}
            of <span className="figure">{story.maximumSteps}</span>
          </span>
        </p>
        <span className="ml-auto text-small text-faint">
          {index + 1} of {count} in this run
        </span>
        <Button
          look="quiet"
          size="small-icon"
          aria-label="Step before"
          disabled={index === 0}
          onClick={() => onChoose(index - 1)}
        >
          <ChevronLeft size={14} aria-hidden />
        </Button>
        <Button
          look="quiet"
          size="small-icon"
          aria-label="Step after"
          disabled={index >= count - 1}
          onClick={() => onChoose(index + 1)}
        >
          <ChevronRight size={14} aria-hidden />
        </Button>
      </div>
      {endedUnbegun(story) ? (
        <p className="text-small text-muted">It ended before its draft: no model was asked.</p>
      ) : (
        <ol className="flex gap-2">
          {story.stages.map((stage) => (
            <Stage key={stage.stage} story={stage} />
          ))}
        </ol>
      )}
    </section>
  );
}

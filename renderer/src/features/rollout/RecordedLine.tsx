import type { RolloutView } from "#contract/rollout/view";
import { formatCounted } from "../../format/number";
import { firstLine } from "../../format/record-text";
import { durationKinds } from "../../state/durations";
import { formatDuration } from "../../format/duration";
import { Age } from "../../ui/Age";

/** What is on record and asks for nothing: where the time went, percents given by the hook, jumps of the wall clock. */
export function RecordedLine(props: { readonly view: RolloutView }) {
  const { clockJumps, durations, effects } = props.view;
  const given = effects.filter(({ state }) => state === "done").at(-1);
  return (
    <p className="shrink-0 px-1 text-small text-faint" data-testid="recorded">
      In all{" "}
      {durationKinds.map(({ key, word }, index) => (
        <span key={key}>
          {index > 0 && ", "}
          <span className="figure">{formatDuration(durations[key])}</span> {word}
        </span>
      ))}
      {given !== undefined && (
        <span title={given.output}>
          {" "}
          · hook gave <span className="figure">{given.percent} %</span> <Age unixMs={given.changedUnixMs} />{" "}
          in attempt <span className="figure">{given.attempt}</span>
          {given.output !== "" && (
            <>
              : <span className="figure">{firstLine(given.output, 80)}</span>
            </>
          )}
        </span>
      )}
      {clockJumps > 0 &&
        ` · the wall clock jumped ${formatCounted(clockJumps, "time")}; evidence time is measured on the monotonic one`}
    </p>
  );
}

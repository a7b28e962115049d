import type { RolloutView } from "#contract/rollout/view";
import { useConsole } from "../../state/console-store";
import { TimeLeft } from "../../ui/Age";
import { classNames } from "../../ui/class-names";

/** What decides next, and when the next check is taken. */
export function NextDecision(props: { readonly view: RolloutView }) {
  const { checks, ended, nextCheckUnixMs, nextDecision } = props.view;
  const connected = useConsole((state) => state.connection === "connected");
  return (
    <div className={classNames("min-w-0 flex-1 px-3", !connected && "held")} data-testid="next-decision">
      <p className="line-clamp-2 text-small leading-4 text-ink" title={nextDecision}>
        {nextDecision}
      </p>
      {!ended && (
        <p className="text-small leading-4 text-muted">
          {nextCheckUnixMs === null || !connected ? (
            "No check is scheduled that this window knows of."
          ) : (
            <>
              Check <span className="figure">{checks + 1}</span> <TimeLeft unixMs={nextCheckUnixMs} />
            </>
          )}
        </p>
      )}
    </div>
  );
}

import { LoaderCircle, OctagonX } from "lucide-react";
import type { DriverView } from "#contract/driver";
import { Elapsed, TimeLeft } from "../../ui/Age";

/** The driver in a few words: `embedded, next run in 8 s`. */
export function DriverLine(props: { readonly driver: DriverView }) {
  const { driver } = props;
  const outcome = driver.last?.outcome;
  const failed =
    driver.current === null && outcome !== undefined && outcome !== "succeeded" && outcome !== "cancelled";
  return (
    <span className="inline-flex min-w-0 items-center gap-1 truncate text-small text-faint">
      {driver.current !== null && (
        <LoaderCircle size={12} className="turning shrink-0 text-accent" aria-hidden />
      )}
      {failed && (
        <span className="inline-flex shrink-0 items-center gap-1 text-failing" title={driver.last?.detail}>
          <OctagonX size={12} aria-hidden />
          last run {outcome === "not-started" ? "could not start" : outcome.replace("-", " ")},
        </span>
      )}
      <span className="truncate">
        {driver.kind}
        {driver.current !== null ? (
          <>
            , running <Elapsed sinceUnixMs={driver.current.startedUnixMs} />
          </>
        ) : driver.nextRunUnixMs !== null ? (
          <>
            , next <TimeLeft unixMs={driver.nextRunUnixMs} />
          </>
        ) : (
          driver.state === "stopped" && ", stopped"
        )}
      </span>
    </span>
  );
}

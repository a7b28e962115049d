import { LoaderCircle } from "lucide-react";
import type { DriverView } from "#contract/driver";
import { Elapsed, TimeLeft } from "../../ui/Age";

/** The driver in a few words: `embedded, next run in 8 s`. */
export function DriverLine(props: { readonly driver: DriverView }) {
  const { driver } = props;
  return (
    <span className="inline-flex min-w-0 items-center gap-1 truncate text-small text-faint">
      {driver.current !== null && (
        <LoaderCircle size={12} className="turning shrink-0 text-accent" aria-hidden />
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

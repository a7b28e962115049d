import { LoaderCircle, OctagonX } from "lucide-react";
import type { DriverView } from "#contract/driver";
import { Elapsed, TimeLeft } from "../../ui/Age";

const failures: readonly string[] = ["failed", "timed-out", "not-started"];

function Activity(props: { readonly driver: DriverView; readonly failed: boolean }) {
  const { driver } = props;
  if (driver.current !== null)
    return (
      <>
        {driver.kind}, running <Elapsed sinceUnixMs={driver.current.startedUnixMs} />
      </>
    );
  // What failed matters more than who drives: there is room for one of them.
  const lead = props.failed ? "last run failed" : driver.kind;
  if (driver.nextRunUnixMs !== null)
    return (
      <>
        {lead}, next <TimeLeft unixMs={driver.nextRunUnixMs} />
      </>
    );
  return driver.state === "stopped" ? `${lead}, stopped` : lead;
}

/** The driver in a few words: `embedded, next in 8 s`. Always as wide, so that a change moves nothing. */
export function DriverLine(props: { readonly driver: DriverView }) {
  const { driver } = props;
  const failed = driver.current === null && driver.last !== null && failures.includes(driver.last.outcome);
  return (
    <span
      className={`flex w-45 shrink-0 items-center gap-1 text-small ${failed ? "text-failing" : "text-faint"}`}
      title={failed ? driver.last?.detail : undefined}
    >
      <span className="size-3 shrink-0">
        {driver.current !== null && <LoaderCircle size={12} className="turning text-accent" aria-hidden />}
        {failed && <OctagonX size={12} aria-hidden />}
      </span>
      <span className="truncate">
        <Activity driver={driver} failed={failed} />
      </span>
    </span>
  );
}

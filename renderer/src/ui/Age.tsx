import { formatAge, formatAgo, formatUntil } from "../format/duration";
import { formatTimestamp } from "../format/time";
import { useHostNow } from "../state/clock";

/** How long ago something was, ticking once a second. Null reads as `never`. */
export function Age(props: { readonly unixMs: number | null; readonly bare?: boolean }) {
  const now = useHostNow();
  if (props.unixMs === null) return <span className="tabular-nums">never</span>;
  const age = now - props.unixMs;
  return (
    <time
      className="tabular-nums"
      dateTime={new Date(props.unixMs).toISOString()}
      title={`${formatTimestamp(props.unixMs)} UTC`}
    >
      {props.bare === true ? formatAge(age) : formatAgo(age)}
    </time>
  );
}

/** Time left until a moment, ticking once a second. */
export function TimeLeft(props: { readonly unixMs: number }) {
  const now = useHostNow();
  return <span className="tabular-nums">{formatUntil(props.unixMs - now)}</span>;
}

/** Time since a moment, for what is under way. */
export function Elapsed(props: { readonly sinceUnixMs: number }) {
  const now = useHostNow();
  return <span className="tabular-nums">{formatAge(now - props.sinceUnixMs)}</span>;
}

import type { Durations } from "#contract/rollout/view";
import { formatDuration } from "../format/duration";
import { durationKinds, shares } from "../state/durations";
import { classNames } from "./class-names";

/** Full, hollow and striped: the kinds can be told without colour. */
const looks = {
  soakingMs: "bg-healthy-mark border-healthy-mark",
  waitingMs: "bg-panel border-line-strong",
  heldMs: "striped border-degraded-mark",
} as const satisfies Record<keyof Durations, string>;

/** One bar: how time was split. The numbers stand beside it, so it is silent. */
export function DurationsBar(props: { readonly durations: Durations; readonly className?: string }) {
  const share = shares(props.durations);
  return (
    <span
      aria-hidden
      className={classNames("flex h-2.5 overflow-hidden bg-raised", props.className ?? "w-full")}
    >
      {durationKinds
        .filter(({ key }) => share[key] > 0)
        .map(({ key }) => (
          <span
            key={key}
            className={classNames("h-full min-w-[3px] border", looks[key])}
            style={{ flexGrow: share[key], flexBasis: 0 }}
          />
        ))}
    </span>
  );
}

/** What the three looks of the bar mean, with the numbers when they are given. */
export function DurationsLegend(props: { readonly durations?: Durations; readonly className?: string }) {
  return (
    <dl className={classNames("flex flex-wrap gap-x-4 gap-y-0.5 text-small", props.className)}>
      {durationKinds.map(({ hint, key, word }) => (
        <div key={key} className="flex items-center gap-1.5" title={`Time ${hint}`}>
          <dt className="flex items-center gap-1.5 text-muted">
            <span aria-hidden className={classNames("h-2.5 w-4 border", looks[key])} />
            {word}
          </dt>
          {props.durations !== undefined && (
            <dd className="figure">{formatDuration(props.durations[key])}</dd>
          )}
        </div>
      ))}
    </dl>
  );
}

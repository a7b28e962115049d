import type { ReactNode } from "react";
import { formatCount } from "../format/number";
import { classNames } from "./class-names";

const tones = {
  plain: "text-ink",
  quiet: "text-faint",
  degraded: "text-degraded",
  failing: "text-failing",
} as const;

/** One number of the panel. Null (never read) is a dash with a name, never an invented zero. */
export function Figure(props: {
  readonly value: number | null;
  readonly tone?: keyof typeof tones;
  readonly large?: boolean;
  readonly testId?: string;
}) {
  const tone = props.value === 0 && props.tone === undefined ? "quiet" : (props.tone ?? "plain");
  return (
    <span
      className={classNames("figure", props.large === true ? "text-figure" : "text-body", tones[tone])}
      data-testid={props.testId}
    >
      {props.value === null ? <span aria-label="not known">–</span> : formatCount(props.value)}
    </span>
  );
}

/** A term and its figure on one line, for lists of figures. */
export function FigureLine(props: {
  readonly term: ReactNode;
  readonly wide?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div
      className={classNames(
        "flex h-6 items-center justify-between gap-4 border-b border-line last:border-b-0",
        props.wide === true && "col-span-2",
      )}
    >
      <dt className="min-w-0 truncate text-muted">{props.term}</dt>
      <dd className="shrink-0">{props.children}</dd>
    </div>
  );
}

import { Info, OctagonX, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { BridgeError } from "#contract/envelope";
import { Button } from "./Button";
import { classNames } from "./class-names";
import { DetailLines } from "./DetailLines";

const looks = {
  failing: { wash: "border-failing/40 bg-failing-wash", text: "text-failing", Glyph: OctagonX },
  degraded: { wash: "border-degraded/40 bg-degraded-wash", text: "text-degraded", Glyph: TriangleAlert },
  stale: { wash: "border-line bg-raised", text: "text-stale", Glyph: Info },
} as const;

/** A message that stays until its cause is gone. */
export function Notice(props: {
  readonly tone: keyof typeof looks;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  readonly className?: string;
  readonly live?: boolean;
}) {
  const { wash, text, Glyph } = looks[props.tone];
  return (
    <div
      className={classNames("flex items-start gap-2 border px-3 py-1.5", wash, props.className)}
      role={props.live === true ? "alert" : undefined}
    >
      <Glyph size={14} strokeWidth={2.25} className={classNames("mt-[3px] shrink-0", text)} aria-hidden />
      <div className="min-w-0 flex-1">
        <div className="font-medium break-words">{props.title}</div>
        {props.children}
      </div>
      {props.action}
    </div>
  );
}

/** A refused or failed request, with its code and what the host said in detail. */
export function ErrorNotice(props: {
  readonly error: BridgeError;
  readonly onRetry?: () => void;
  readonly className?: string;
}) {
  return (
    <Notice
      tone="failing"
      live
      title={props.error.message}
      action={
        props.onRetry !== undefined && (
          <Button size="small" onClick={props.onRetry}>
            Try again
          </Button>
        )
      }
      {...(props.className === undefined ? {} : { className: props.className })}
    >
      <p className="figure text-small text-muted">{props.error.code}</p>
      <DetailLines lines={props.error.details} />
    </Notice>
  );
}

/** What stands where there is nothing, and what would bring something. */
export function EmptyState(props: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="flex h-full min-h-20 flex-col items-start justify-center px-4 py-3">
      <p className="font-medium text-ink">{props.title}</p>
      {props.children !== undefined && <div className="max-w-160 text-muted">{props.children}</div>}
    </div>
  );
}

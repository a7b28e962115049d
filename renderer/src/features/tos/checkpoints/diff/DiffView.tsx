import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { classNames } from "../../../../ui/class-names";
import type { DiffRow } from "./diff-rows";

const lineHeight = 18;

/** The sign says what the wash says. */
const looks: Readonly<
  Record<DiffRow["kind"], { readonly sign: string; readonly wash: string; readonly ink: string }>
> = {
  file: { sign: "", wash: "bg-raised border-y border-line", ink: "text-ink font-semibold" },
  hunk: { sign: "", wash: "bg-accent-wash", ink: "text-muted" },
  note: { sign: "", wash: "", ink: "text-muted italic" },
  same: { sign: " ", wash: "", ink: "text-muted" },
  added: { sign: "+", wash: "bg-healthy-wash", ink: "text-healthy" },
  removed: { sign: "−", wash: "bg-failing-wash", ink: "text-failing" },
};

/** A unified diff with the line numbers of both sides; only the lines in sight are drawn. */
export function DiffView(props: { readonly rows: readonly DiffRow[]; readonly label: string }) {
  const { rows } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 20,
  });
  const widest = rows.reduce((most, { after, before }) => Math.max(most, before ?? 0, after ?? 0), 0);
  const numberWidth = `${String(widest).length + 1}ch`;
  return (
    <div
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label={props.label}
      className="figure scroll-region min-h-0 flex-1 bg-panel text-small"
    >
      <div className="relative w-full" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const { ink, sign, wash } = looks[row.kind];
          return (
            <div
              key={item.key}
              ref={virtualizer.measureElement}
              data-index={item.index}
              data-diff={row.kind}
              className={classNames("absolute top-0 left-0 flex w-full gap-2 px-2", wash)}
              style={{ lineHeight: `${lineHeight}px`, transform: `translateY(${item.start}px)` }}
            >
              {(row.kind === "same" || row.kind === "added" || row.kind === "removed") && (
                <>
                  <span className="shrink-0 text-right text-faint select-none" style={{ width: numberWidth }}>
                    {row.before}
                  </span>
                  <span className="shrink-0 text-right text-faint select-none" style={{ width: numberWidth }}>
                    {row.after}
                  </span>
                  <span className={classNames("w-[1ch] shrink-0 font-semibold", ink)}>{sign}</span>
                </>
              )}
              <span
                className={classNames(
                  "min-h-4.5 min-w-0 flex-1 break-words whitespace-pre-wrap",
                  row.kind === "added" || row.kind === "removed" ? "text-ink" : ink,
                )}
              >
                {row.text}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

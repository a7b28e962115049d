import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import type { StepRow } from "#contract/tos/view";
import { formatCounted } from "../../../format/number";
import { stepStanding } from "../../../state/tos-standing";
import { Age } from "../../../ui/Age";
import { classNames } from "../../../ui/class-names";
import { ListRow } from "../../../ui/ListRow";
import { movedIndex } from "../../events/list-keys";
import { TosWord } from "../TosMark";
import { stepName } from "./step-row";

const rowHeight = 28;

const columns =
  "grid grid-cols-[48px_172px_84px_128px_92px_minmax(0,1fr)] items-center gap-x-3 px-3 @max-[760px]:grid-cols-[40px_minmax(0,1fr)_84px_112px] @max-[430px]:grid-cols-[36px_minmax(0,1fr)_84px]";

/** Gives way when the detail stands beside the list: it says it all. */
const roomy = "@max-[760px]:hidden";
/** Gives way only where phase and commands would not stand beside each other. */
const rather = "@max-[430px]:hidden";

function Heads() {
  return (
    <div
      aria-hidden
      className={classNames(columns, "h-7 shrink-0 border-b border-line bg-panel pr-5 text-small text-muted")}
    >
      <span className="text-right">Step</span>
      <span>Phase</span>
      <span>Stopped</span>
      <span className={rather}>Commands</span>
      <span className={roomy}>Written</span>
      <span className={roomy}>What it says</span>
    </div>
  );
}

function Commands(props: { readonly row: StepRow }) {
  const { commands, denied, failed } = props.row;
  if (commands === 0) return <span className="text-faint">none</span>;
  return (
    <>
      <span className="figure">{commands}</span>
      {denied > 0 && (
        <span className="text-denied">
          {" "}
          · <span className="figure">{denied}</span> denied
        </span>
      )}
      {failed > 0 && (
        <span className="text-failing">
          {" "}
          · <span className="figure">{failed}</span> failed
        </span>
      )}
    </>
  );
}

function Cells(props: { readonly row: StepRow }) {
  const { row } = props;
  const says = row.problem === "" ? row.reason : row.problem;
  return (
    <>
      <span role="gridcell" className="figure truncate text-right text-muted" title={row.file}>
        {stepName(row)}
      </span>
      <span role="gridcell" className="truncate">
        <TosWord standing={stepStanding(row)} />
      </span>
      <span role="gridcell" className="inline-flex items-center gap-1.5 whitespace-nowrap">
        {row.stopped ? <TosWord standing="stopped" /> : <span className="text-faint">no</span>}
      </span>
      <span role="gridcell" className={classNames("truncate text-small whitespace-nowrap", rather)}>
        <Commands row={row} />
      </span>
      <span role="gridcell" className={classNames("text-small whitespace-nowrap text-faint", roomy)}>
        <Age unixMs={row.modifiedUnixMs} />
      </span>
      <span role="gridcell" className={classNames("truncate text-muted", roomy)} title={says}>
        {says}
      </span>
    </>
  );
}

/** The step logs, in order of their files. The newest is in sight at first; arrows move, Enter opens. */
export function StepList(props: {
  readonly rows: readonly StepRow[];
  /** Index of the row that is opened; -1 for none. */
  readonly selected: number;
  readonly onOpen: (file: string) => void;
}) {
  const { onOpen, rows, selected } = props;
  const count = rows.length;
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(selected >= 0 ? selected : count - 1);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const first = useRef(active);
  useEffect(() => {
    virtualizer.scrollToIndex(Math.max(0, first.current), { align: "auto" });
  }, [virtualizer]);
  const open = (index: number): void => {
    const row = rows[index];
    if (row === undefined) return;
    setActive(index);
    onOpen(row.file);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter") return open(active);
    const page = Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight);
    const next = movedIndex(event.key, active, count, page);
    if (next === null) return;
    event.preventDefault();
    setActive(next);
    virtualizer.scrollToIndex(next);
    // With a step opened beside the list, the list turns its pages.
    const row = rows[next];
    if (selected >= 0 && row !== undefined) onOpen(row.file);
  };
  const items = virtualizer.getVirtualItems();
  return (
    <div className="@container flex min-w-0 flex-1 flex-col">
      <div className="flex h-7 shrink-0 items-center border-b border-line bg-panel px-3 text-small text-muted">
        {formatCounted(count, "step log")}
      </div>
      <Heads />
      <div
        ref={scroller}
        role="grid"
        tabIndex={0}
        aria-label="Steps, in order"
        aria-rowcount={count}
        aria-activedescendant={items.length > 0 ? `step-${Math.min(active, count - 1)}` : undefined}
        className="scroll-region min-h-0 flex-1 bg-panel"
        onKeyDown={onKeyDown}
      >
        <div className="relative w-full" role="presentation" style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              <ListRow
                key={row.file}
                list="step"
                place={{
                  index: item.index,
                  top: item.start,
                  active: item.index === active,
                  selected: item.index === selected,
                  onOpen: open,
                }}
                height={rowHeight}
                className={columns}
              >
                <Cells row={row} />
              </ListRow>
            );
          })}
        </div>
      </div>
    </div>
  );
}

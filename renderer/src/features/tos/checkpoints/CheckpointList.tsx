import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, useState, type KeyboardEvent } from "react";
import type { Checkpoint } from "#contract/tos/repository";
import { movedIndex } from "../../events/list-keys";
import { CheckpointRow, checkpointRowHeight } from "./CheckpointRow";

/** The checkpoints, newest first. Arrows move, Enter compares the one they stand on. */
export function CheckpointList(props: {
  readonly checkpoints: readonly Checkpoint[];
  /** Hash of the one that is compared; null for none. */
  readonly chosen: string | null;
  readonly onChoose: (hash: string) => void;
}) {
  const { checkpoints, onChoose } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const virtualizer = useVirtualizer({
    count: checkpoints.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => checkpointRowHeight,
    overscan: 8,
  });
  const shownActive = Math.min(active, checkpoints.length - 1);
  const open = (index: number): void => {
    const checkpoint = checkpoints[index];
    setActive(index);
    if (checkpoint !== undefined) onChoose(checkpoint.hash);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter") return open(shownActive);
    const page = Math.floor((scroller.current?.clientHeight ?? 0) / checkpointRowHeight);
    const next = movedIndex(event.key, shownActive, checkpoints.length, page);
    if (next === null) return;
    event.preventDefault();
    setActive(next);
    virtualizer.scrollToIndex(next);
  };
  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      aria-label="Checkpoints, newest first"
      aria-rowcount={checkpoints.length}
      aria-activedescendant={`checkpoints-${shownActive}`}
      className="scroll-region h-full"
      onKeyDown={onKeyDown}
    >
      <div className="relative w-full" role="presentation" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const checkpoint = checkpoints[item.index];
          return checkpoint === undefined ? null : (
            <CheckpointRow
              key={checkpoint.hash}
              checkpoint={checkpoint}
              index={item.index}
              top={item.start}
              active={item.index === shownActive}
              selected={checkpoint.hash === props.chosen}
              onOpen={open}
            />
          );
        })}
      </div>
    </div>
  );
}

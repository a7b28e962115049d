import { GitCommitHorizontal, MapPin } from "lucide-react";
import { memo } from "react";
import type { Checkpoint } from "#contract/tos/repository";
import { formatCounted } from "../../../format/number";
import { Age } from "../../../ui/Age";
import { classNames } from "../../../ui/class-names";
import { ListRow, type RowPlace } from "../../../ui/ListRow";
import { shortHash } from "./checkpoint-name";

export const checkpointRowHeight = 44;

function Mark(props: { readonly children: string; readonly title: string; readonly strong?: boolean }) {
  return (
    <span
      title={props.title}
      className={classNames(
        "inline-flex h-4.5 shrink-0 items-center rounded-[2px] border px-1 text-small leading-none font-semibold",
        props.strong === true ? "border-accent bg-accent-wash text-accent" : "border-line-strong text-muted",
      )}
    >
      {props.children}
    </span>
  );
}

/** One checkpoint of the timeline, at its place. */
export const CheckpointRow = memo(function CheckpointRow(
  props: RowPlace & { readonly checkpoint: Checkpoint },
) {
  const { checkpoint } = props;
  const Glyph = checkpoint.isHead ? MapPin : GitCommitHorizontal;
  return (
    <ListRow
      list="checkpoints"
      place={props}
      height={checkpointRowHeight}
      className="flex items-center gap-2.5 px-3"
    >
      <span role="gridcell" className="relative flex h-full w-4 shrink-0 items-center justify-center">
        <span aria-hidden className="absolute inset-y-0 left-1/2 w-px bg-line-strong" />
        <Glyph
          size={16}
          strokeWidth={2.25}
          aria-hidden
          className={classNames("relative bg-panel", checkpoint.isHead ? "text-accent" : "text-muted")}
        />
      </span>
      <span role="gridcell" className="min-w-0 flex-1">
        <span className="flex items-center gap-1.5">
          <span className="truncate font-medium" title={checkpoint.subject}>
            {checkpoint.name}
          </span>
          {checkpoint.isHead && (
            <Mark strong title="The branch stands here">
              HEAD
            </Mark>
          )}
          {checkpoint.isLast && (
            <Mark title="logs/last_checkpoint.txt names it: a rollback goes here">LAST</Mark>
          )}
        </span>
        <span className="block truncate text-small text-muted">
          <span className="figure">{shortHash(checkpoint.hash)}</span> · {checkpoint.author}
        </span>
      </span>
      <span role="gridcell" className="shrink-0 text-right text-small text-muted">
        <span className="block">
          <Age unixMs={checkpoint.unixMs} />
        </span>
        <span className="block text-faint">
          {checkpoint.commitsAfter === 0
            ? "nothing after it"
            : `${formatCounted(checkpoint.commitsAfter, "commit")} after`}
        </span>
      </span>
    </ListRow>
  );
});

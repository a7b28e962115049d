import { Files } from "lucide-react";
import type { RequestOutput } from "#contract/requests";
import { formatCount, formatCounted } from "../../../../format/number";
import { classNames } from "../../../../ui/class-names";
import { VirtualRows } from "../VirtualRows";

type DiffFile = RequestOutput<"tos.diff">["files"][number];

const rowHeight = 26;

function Counts(props: { readonly file: DiffFile }) {
  const { additions, change, deletions } = props.file;
  if (additions === null || deletions === null)
    return (
      <span className="shrink-0 text-small text-faint">{change === "untracked" ? change : "binary"}</span>
    );
  return (
    <span className="figure flex shrink-0 gap-1.5 text-small">
      <span className={additions === 0 ? "text-faint" : "text-healthy"}>+{formatCount(additions)}</span>
      <span className={deletions === 0 ? "text-faint" : "text-failing"}>−{formatCount(deletions)}</span>
    </span>
  );
}

/** The files of a comparison; the chosen one (null: all) is the one whose lines are shown. */
export function DiffFileList(props: {
  readonly files: readonly DiffFile[];
  readonly chosen: string | null;
  readonly onChoose: (path: string | null) => void;
}) {
  const { chosen, files, onChoose } = props;
  const entry = (file: DiffFile | null) => (
    <button
      type="button"
      aria-current={(file?.path ?? null) === chosen ? "true" : undefined}
      className={classNames(
        "flex h-full w-full items-center gap-2 border-l-2 pr-2 pl-2 text-left hover:bg-hover",
        (file?.path ?? null) === chosen ? "border-accent bg-accent-wash" : "border-transparent",
      )}
      title={file === null ? undefined : `${file.path}: ${file.change}`}
      onClick={() => onChoose(file?.path ?? null)}
    >
      {file === null ? (
        <>
          <Files size={13} className="shrink-0 text-muted" aria-hidden />
          <span className="flex-1">All {formatCounted(files.length, "file")}</span>
        </>
      ) : (
        <>
          <span className="figure min-w-0 flex-1 truncate text-small">{file.path}</span>
          <span className="sr-only">{file.change}</span>
          <Counts file={file} />
        </>
      )}
    </button>
  );
  return (
    <VirtualRows
      items={[null, ...files]}
      height={rowHeight}
      label="Files that differ"
      className="w-64 shrink-0 border-r border-line bg-panel"
      row={entry}
    />
  );
}

import { FileMinus, FilePen, FilePlus, ShieldCheck, ShieldX, type LucideIcon } from "lucide-react";
import { useMemo, useState } from "react";
import type { PreviewFile, RollbackPreview } from "#contract/tos/repository";
import { formatBytes, formatCount } from "../../../../format/number";
import { classNames } from "../../../../ui/class-names";
import { VirtualRows } from "../VirtualRows";
import { fileGroups, kindWords } from "./preview-groups";

const rowHeight = 24;

const changes: Readonly<
  Record<PreviewFile["change"], { readonly word: string; readonly Glyph: LucideIcon; readonly ink: string }>
> = {
  removed: { word: "removed", Glyph: FileMinus, ink: "text-failing" },
  changed: { word: "changed", Glyph: FilePen, ink: "text-degraded" },
  restored: { word: "comes back", Glyph: FilePlus, ink: "text-healthy" },
};

function Keeping(props: { readonly file: PreviewFile }) {
  const { change, recoverable } = props.file;
  if (change === "restored") return <span className="w-28 shrink-0" />;
  const Glyph = recoverable ? ShieldCheck : ShieldX;
  return (
    <span
      className={classNames(
        "flex w-28 shrink-0 items-center gap-1 text-small whitespace-nowrap",
        recoverable ? "text-muted" : "font-semibold text-failing",
      )}
    >
      <Glyph size={12} aria-hidden className="shrink-0" />
      {recoverable ? "recoverable" : "lost for good"}
    </span>
  );
}

function FileRow(props: { readonly file: PreviewFile }) {
  const { file } = props;
  const { Glyph, ink, word } = changes[file.change];
  return (
    <div className="flex h-full items-center gap-3 border-b border-line px-3" data-preview-file={file.path}>
      <span className={classNames("flex w-24 shrink-0 items-center gap-1.5 text-small", ink)}>
        <Glyph size={13} aria-hidden className="shrink-0" />
        {word}
      </span>
      <span
        className="min-w-0 flex-1 truncate"
        title={`${file.path}${file.note === "" ? "" : `: ${file.note}`}`}
      >
        <span className="figure text-small">{file.path}</span>
        {file.note !== "" && <span className="ml-2 text-small text-faint">{file.note}</span>}
      </span>
      <span className="w-18 shrink-0 text-small text-muted">{kindWords[file.kind].toLowerCase()}</span>
      <span className="figure w-16 shrink-0 text-right text-small">
        {file.bytes === null ? <span aria-label="no size">–</span> : formatBytes(file.bytes)}
      </span>
      <Keeping file={file} />
    </div>
  );
}

/** Every file a rollback touches: what becomes of it, how git sees it, its size, and whether an undo brings it back. */
export function PreviewFileList(props: { readonly preview: RollbackPreview }) {
  const { fileCount, files } = props.preview;
  const groups = useMemo(() => fileGroups(files), [files]);
  const [chosen, setChosen] = useState<PreviewFile["kind"] | null>(null);
  const group = groups.find(({ kind }) => kind === chosen) ?? null;
  const shown = group?.files ?? files;
  const choice = (kind: PreviewFile["kind"] | null, label: string, count: number, note: string) => (
    <button
      key={label}
      type="button"
      aria-pressed={(group?.kind ?? null) === kind}
      data-preview-kind={kind ?? "all"}
      className={classNames(
        "h-6 rounded-control border px-2 text-small whitespace-nowrap hover:bg-hover",
        (group?.kind ?? null) === kind
          ? "border-accent bg-accent-wash text-ink"
          : "border-line-strong text-muted",
      )}
      onClick={() => setChosen(kind)}
    >
      {label} <span className="figure">{formatCount(count)}</span>
      {note !== "" && <span className="figure text-faint"> {note}</span>}
    </button>
  );
  if (fileCount === 0) return <p className="px-3 py-1.5 text-muted">No file changes.</p>;
  return (
    <>
      <div role="group" aria-label="Kinds of files" className="flex flex-wrap gap-1.5 px-3 py-1.5">
        {choice(null, "All files", fileCount, "")}
        {groups.map(({ bytes, files: own, kind, lost }) =>
          choice(
            kind,
            kindWords[kind],
            own.length,
            lost === 0 ? formatBytes(bytes) : `${formatBytes(bytes)}, ${lost} lost`,
          ),
        )}
      </div>
      <VirtualRows
        items={shown}
        height={rowHeight}
        label="Files that change"
        className={shown.length > 6 ? "h-40 border-t border-line" : "border-t border-line"}
        row={(file) => <FileRow file={file} />}
      />
      {fileCount > files.length && (
        <p className="px-3 py-1 text-small text-muted">
          The first {formatCount(files.length)} of {formatCount(fileCount)} files are listed.
        </p>
      )}
    </>
  );
}

import {
  CircleHelp,
  FileMinus,
  FilePen,
  FilePlus,
  FileQuestion,
  FileSymlink,
  GitMerge,
  type LucideIcon,
} from "lucide-react";
import type { RepositoryView, TreeEntry } from "#contract/tos/repository";
import { formatCount, formatCounted } from "../../../format/number";
import { VirtualRows } from "./VirtualRows";

const rowHeight = 24;

const kinds: Readonly<Record<TreeEntry["kind"], { readonly word: string; readonly Glyph: LucideIcon }>> = {
  added: { word: "added", Glyph: FilePlus },
  modified: { word: "modified", Glyph: FilePen },
  deleted: { word: "deleted", Glyph: FileMinus },
  renamed: { word: "renamed", Glyph: FileSymlink },
  "type-changed": { word: "other type", Glyph: CircleHelp },
  unmerged: { word: "unmerged", Glyph: GitMerge },
  untracked: { word: "untracked", Glyph: FileQuestion },
};

function stagedWords({ kind, staged, unstaged }: TreeEntry): string {
  if (kind === "untracked") return "";
  if (staged && unstaged) return "partly staged";
  return staged ? "staged" : "not staged";
}

/** What is not as it was committed, file by file. */
export function TreeChanges(props: { readonly repository: RepositoryView; readonly none: string }) {
  const { changeCount, changes } = props.repository;
  if (changeCount === 0) return <p className="px-3 py-1.5 text-muted">{props.none}</p>;
  return (
    <>
      <p className="border-b border-line bg-raised px-3 py-0.5 text-small text-muted">
        {formatCounted(changeCount, "change")}, not counting what git ignores
        {changeCount > changes.length && `; the first ${formatCount(changes.length)} are listed`}
      </p>
      <VirtualRows
        items={changes}
        height={rowHeight}
        label="Changes of the working tree"
        className={changes.length > 6 ? "h-36" : ""}
        row={(entry) => {
          const { Glyph, word } = kinds[entry.kind];
          return (
            <div className="flex h-full items-center gap-3 border-b border-line px-3">
              <span className="flex w-24 shrink-0 items-center gap-1.5 text-small text-muted">
                <Glyph size={13} aria-hidden className="shrink-0" />
                {word}
              </span>
              <span className="figure min-w-0 flex-1 truncate text-small" title={entry.path}>
                {entry.path}
              </span>
              <span className="shrink-0 text-small text-faint">{stagedWords(entry)}</span>
            </div>
          );
        }}
      />
    </>
  );
}

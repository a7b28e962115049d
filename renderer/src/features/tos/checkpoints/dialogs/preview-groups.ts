import type { PreviewFile } from "#contract/tos/repository";

/** How git sees a file, in the order the groups stand in. */
export const fileKinds = [
  "tracked",
  "untracked",
  "ignored",
  "run-state",
] as const satisfies readonly PreviewFile["kind"][];

export const kindWords: Readonly<Record<PreviewFile["kind"], string>> = {
  tracked: "Tracked",
  untracked: "Untracked",
  ignored: "Ignored",
  "run-state": "Run state",
};

/** Files of one kind that a rollback touches. */
export interface FileGroup {
  readonly kind: PreviewFile["kind"];
  readonly files: readonly PreviewFile[];
  /** Bytes of what is there now. */
  readonly bytes: number;
  /** Files whose present content would be gone for good. */
  readonly lost: number;
}

/** The files by kind; kinds without files are left out. */
export function fileGroups(files: readonly PreviewFile[]): FileGroup[] {
  return fileKinds.flatMap((kind) => {
    const own = files.filter((file) => file.kind === kind);
    if (own.length === 0) return [];
    return [
      {
        kind,
        files: own,
        bytes: own.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
        lost: lostFiles(own).length,
      },
    ];
  });
}

/** Files whose present content nothing would bring back. What merely comes back has none. */
export function lostFiles(files: readonly PreviewFile[]): PreviewFile[] {
  return files.filter(({ change, recoverable }) => change !== "restored" && !recoverable);
}

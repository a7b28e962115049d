import type { RepositoryView } from "#contract/tos/repository";
import type { RequestOutput } from "#contract/requests";
import { shortHash } from "./checkpoint-name";

/** Stands for the working tree where a hash is chosen; no hash reads so. */
export const workingTree = "working-tree";

/** What a commit is called, and what it can be compared with. */
export interface CompareChoices {
  readonly from: { readonly label: string; readonly isCheckpoint: boolean };
  readonly to: readonly { readonly value: string; readonly label: string }[];
}

/** The commit `from` by its best name, and everything else it can be compared with: working tree, HEAD, checkpoints. */
export function compareChoices(
  { checkpoints, head }: Pick<RepositoryView, "checkpoints" | "head">,
  from: string,
): CompareChoices {
  const checkpoint = checkpoints.find(({ hash }) => hash === from);
  const others = checkpoints.filter(({ hash }) => hash !== from);
  const isNamed = head === null || head.hash === from || others.some(({ hash }) => hash === head.hash);
  return {
    from: {
      label: checkpoint?.name ?? (head?.hash === from ? `HEAD, ${head.subject}` : shortHash(from)),
      isCheckpoint: checkpoint !== undefined,
    },
    to: [
      { value: workingTree, label: "the working tree" },
      ...(isNamed ? [] : [{ value: head.hash, label: `HEAD, ${head.subject}` }]),
      ...others.map(({ hash, name }) => ({ value: hash, label: `${name} (${shortHash(hash)})` })),
    ],
  };
}

type DiffFile = RequestOutput<"tos.diff">["files"][number];

/** Untracked files of the working tree that a comparison with it leaves out, as entries of its list. */
export function untrackedFiles(
  { changes }: Pick<RepositoryView, "changes">,
  compared: readonly DiffFile[],
): DiffFile[] {
  const known = new Set(compared.map(({ path }) => path));
  return changes
    .filter(({ kind, path }) => kind === "untracked" && !known.has(path))
    .map(({ path }) => ({ path, change: "untracked", additions: null, deletions: null }));
}

import type { BytePath } from "./byte-path";

/** How one path differs between two trees. */
export interface TreeChange {
  readonly path: BytePath;
  /** Octal mode as git prints it (`100644`, `100755`, `120000` a link, `160000` a submodule); null where it is not there. */
  readonly oldMode: string | null;
  readonly newMode: string | null;
  readonly oldHash: string;
  readonly newHash: string;
}

/** Mode of a submodule, or of a repository inside the work tree that was added. */
export const submoduleMode = "160000";

/** Reads `git diff-tree -r -z --raw --no-renames` (also `diff-index`); one character for each byte. Throws on any other format. */
export function parseTreeChanges(text: string): TreeChange[] {
  const fields = text.split("\0");
  const changes: TreeChange[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [field = "", path = ""] = [fields[at], fields[at + 1]];
    const match = /^:(\d{6}) (\d{6}) ([0-9a-f]+) ([0-9a-f]+) [A-Z]\d*$/.exec(field);
    if (!match) throw new Error(`git said an unknown difference: ${JSON.stringify(field)}`);
    const [, oldMode = "", newMode = "", oldHash = "", newHash = ""] = match;
    changes.push({
      path,
      oldMode: oldMode === "000000" ? null : oldMode,
      newMode: newMode === "000000" ? null : newMode,
      oldHash,
      newHash,
    });
  }
  return changes;
}

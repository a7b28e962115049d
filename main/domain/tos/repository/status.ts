import type { TreeEntry } from "#contract/tos/repository";
import type { BytePath } from "./byte-path";

/** What `git status --porcelain=v2 --branch -z` says. */
export interface Status {
  /** Hash of HEAD; null before the first commit. */
  readonly head: string | null;
  /** Name of the branch; null when HEAD is detached. */
  readonly branch: string | null;
  readonly entries: readonly StatusEntry[];
}

export interface StatusEntry {
  readonly path: BytePath;
  /** Two characters of the short format, for example ` M` or `??` (`git-status(1)`). */
  readonly code: string;
  readonly kind: TreeEntry["kind"];
  readonly staged: boolean;
  readonly unstaged: boolean;
  /** Where a renamed file was before. */
  readonly originalPath: BytePath | null;
  /** It is a submodule. */
  readonly submodule: boolean;
}

/** Reads `git status --porcelain=v2 --branch -z`; `text` holds one character for each byte. Throws on any other format. */
export function parseStatus(text: string): Status {
  const fields = text.split("\0");
  let head: string | null = null;
  let branch: string | null = null;
  const entries: StatusEntry[] = [];
  for (let at = 0; at < fields.length; at += 1) {
    const field = fields[at] ?? "";
    if (field === "") continue;
    if (field.startsWith("# branch.oid ")) head = known(field.slice(13), "(initial)");
    else if (field.startsWith("# branch.head ")) branch = known(field.slice(14), "(detached)");
    else if (field.startsWith("? ")) entries.push(untracked(field.slice(2)));
    else if (field.startsWith("1 ")) entries.push(changed(field, 8, null));
    else if (field.startsWith("2 ")) entries.push(changed(field, 9, fields[(at += 1)] ?? null));
    else if (field.startsWith("u ")) entries.push(changed(field, 10, null));
    else if (!field.startsWith("# ") && !field.startsWith("! "))
      throw new Error(`git status said something unknown: ${JSON.stringify(field)}`);
  }
  return { head, branch, entries };
}

const known = (value: string, nothing: string): string | null => (value === nothing ? null : value);

function untracked(path: string): StatusEntry {
  return {
    path,
    code: "??",
    kind: "untracked",
    staged: false,
    unstaged: true,
    originalPath: null,
    submodule: false,
  };
}

/** The path is the rest after `before` fields: it may hold spaces. */
function changed(field: string, before: number, originalPath: string | null): StatusEntry {
  const parts = field.split(" ");
  const code = (parts[1] ?? "..").replaceAll(".", " ");
  const [index = " ", tree = " "] = code;
  return {
    path: parts.slice(before).join(" "),
    code,
    kind: parts[0] === "u" ? "unmerged" : kindOf(index, tree),
    staged: index !== " ",
    unstaged: tree !== " ",
    originalPath,
    submodule: parts[2]?.startsWith("S") ?? false,
  };
}

function kindOf(index: string, tree: string): TreeEntry["kind"] {
  const has = (letter: string): boolean => index === letter || tree === letter;
  if (has("R") || has("C")) return "renamed";
  // What is gone from the disk is gone, however it was staged before.
  if (tree === "D" || (index === "D" && tree === " ")) return "deleted";
  if (has("A")) return "added";
  return has("T") ? "type-changed" : "modified";
}

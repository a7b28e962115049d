import type { BytePath } from "./byte-path";

/** One file of `git diff --raw --numstat -z`. */
export interface NumberedChange {
  readonly path: BytePath;
  /** `added`, `deleted`, `modified` or `type changed`. */
  readonly change: string;
  /** Lines; null for a file that is not text. */
  readonly additions: number | null;
  readonly deletions: number | null;
}

const words: Readonly<Record<string, string>> = {
  A: "added",
  D: "deleted",
  M: "modified",
  T: "type changed",
  U: "unmerged",
};

/** Reads `git diff --raw --numstat -z --no-renames`; one character for each byte. */
export function parseNumberedChanges(text: string): NumberedChange[] {
  const fields = text.split("\0");
  const letters = new Map<BytePath, string>();
  const changes: NumberedChange[] = [];
  for (let at = 0; at < fields.length; at += 1) {
    const field = fields[at] ?? "";
    if (field.startsWith(":")) letters.set(fields[(at += 1)] ?? "", field.slice(-1));
    else if (field !== "") changes.push(numbered(field, letters));
  }
  return changes;
}

function numbered(field: string, letters: ReadonlyMap<BytePath, string>): NumberedChange {
  const [additions = "-", deletions = "-", ...rest] = field.split("\t");
  const path = rest.join("\t");
  const number = (digits: string): number | null => (digits === "-" ? null : Number(digits));
  const change = words[letters.get(path) ?? ""] ?? "changed";
  return { path, change, additions: number(additions), deletions: number(deletions) };
}

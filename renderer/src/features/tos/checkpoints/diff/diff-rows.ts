/** One line of a diff, as it is drawn. Line numbers count from 1; null on the side that does not have the line. */
export interface DiffRow {
  /** `file` begins a file, `hunk` a stretch of it; `note` is what git says of a file (binary, renamed, mode). */
  readonly kind: "file" | "hunk" | "same" | "added" | "removed" | "note";
  readonly text: string;
  readonly before: number | null;
  readonly after: number | null;
}

const escapes: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };

/** A path as git quotes it (in quotation marks, with escapes of bytes) in plain words; any other comes back as it is. */
export function unquotedPath(path: string): string {
  if (!path.startsWith('"') || !path.endsWith('"')) return path;
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (const [, octal, named, plain] of path.slice(1, -1).matchAll(/\\([0-7]{3})|\\(.)|([^\\]+)/gsu)) {
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
    else if (named !== undefined)
      bytes.push(...(escapes[named] === undefined ? encoder.encode(named) : [escapes[named]]));
    else bytes.push(...encoder.encode(plain));
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
}

function withoutSide(path: string): string {
  return unquotedPath(path.replace(/\t$/, "")).replace(/^[ab]\//, "");
}

/** The path of `diff --git a/<path> b/<path>`, where both sides are the same; else what stands there. */
function pathOfHeader(line: string): string {
  const both = line.slice("diff --git ".length);
  const half = both.slice(0, (both.length - 1) / 2);
  const other = both.slice((both.length + 1) / 2);
  return withoutSide(half) === withoutSide(other) ? withoutSide(half) : both;
}

const hunkHead = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/**
 * The rows of a unified diff as git prints it. Headers become one row with the path, and notes where they say more.
 * The counts of a hunk are believed, so that a line of content that looks like a header stays content. Text that is cut
 * off is shown as far as it goes.
 */
export function diffRows(text: string): DiffRow[] {
  const rows: DiffRow[] = [];
  let before = 0;
  let after = 0;
  let leftBefore = 0;
  let leftAfter = 0;
  const note = (kind: "file" | "hunk" | "note", line: string): void => {
    rows.push({ kind, text: line, before: null, after: null });
  };
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  for (const line of lines) {
    const sign = line[0];
    if (leftBefore > 0 || leftAfter > 0) {
      const content = line.slice(1);
      if (sign === "+" && leftAfter > 0) {
        rows.push({ kind: "added", text: content, before: null, after });
        after += 1;
        leftAfter -= 1;
        continue;
      }
      if (sign === "-" && leftBefore > 0) {
        rows.push({ kind: "removed", text: content, before, after: null });
        before += 1;
        leftBefore -= 1;
        continue;
      }
      if (sign === " " || sign === undefined || sign === "\r") {
        rows.push({ kind: "same", text: sign === "\r" ? line : content, before, after });
        before += 1;
        after += 1;
        leftBefore -= 1;
        leftAfter -= 1;
        continue;
      }
    }
    if (sign === "\\") note("note", line.slice(2));
    else if (line.startsWith("diff --git ")) note("file", pathOfHeader(line));
    else if (line.startsWith("diff --cc ") || line.startsWith("diff --combined "))
      note("file", unquotedPath(line.replace(/^diff --\w+ /, "")));
    else if (line.startsWith("index ")) continue;
    else if (line.startsWith("--- ") || line.startsWith("+++ ")) {
      // The header's path is ambiguous when a name holds a blank: these lines are not.
      const head = rows.findLastIndex((row) => row.kind === "file");
      const path = withoutSide(line.slice(4));
      const known = rows[head];
      if (path !== "/dev/null" && known !== undefined) rows[head] = { ...known, text: path };
    } else {
      const hunk = hunkHead.exec(line);
      if (hunk === null) note("note", line);
      else {
        before = Number(hunk[1]);
        leftBefore = Number(hunk[2] ?? 1);
        after = Number(hunk[3]);
        leftAfter = Number(hunk[4] ?? 1);
        note("hunk", line);
      }
    }
  }
  return rows;
}

/** How many lines the rows add and take away. */
export function diffTotals(rows: readonly DiffRow[]): {
  readonly additions: number;
  readonly deletions: number;
} {
  const count = (kind: DiffRow["kind"]): number => rows.filter((row) => row.kind === kind).length;
  return { additions: count("added"), deletions: count("removed") };
}

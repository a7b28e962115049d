/** Where something stands in a text: `line` counts from 1, `offset` and `length` are UTF-16 units. */
export interface TextPlace {
  readonly line: number;
  readonly offset: number;
  readonly length: number;
}

const member = String.raw`(?:[\w-]+|"(?:[^"\\]|\\.)*")`;
const pathHead = new RegExp(String.raw`^(${member}(?:\.${member}|\[\d+\])*):(?:\s|$)`);
const lastMember = new RegExp(String.raw`(?:^|\.)${member}$|\[\d+\]$`);
const lineColumn = /\bline (\d+),? column (\d+)/;

/** The key path a problem begins with, for example `execution_policy.stop_on_deny`; null when it names none. */
export function pathOfProblem(problem: string): string | null {
  const withoutFile = problem.replace(/^\S+\.json:\s*/, "");
  return pathHead.exec(withoutFile)?.[1] ?? null;
}

function placeAt(text: string, offset: number, length: number): TextPlace {
  return { line: text.slice(0, offset).split("\n").length, offset, length };
}

/** A line and a column as a place, kept inside the text. */
function placeOfLine(text: string, line: number, column: number): TextPlace {
  const lines = text.split("\n");
  const index = Math.min(Math.max(line, 1), lines.length) - 1;
  const before = lines.slice(0, index).reduce((sum, { length }) => sum + length + 1, 0);
  const own = lines[index] ?? "";
  const offset = before + Math.min(Math.max(column, 1) - 1, own.length);
  return { line: index + 1, offset, length: 1 };
}

const token = /"(?:[^"\\\n]|\\.)*"?|[{}[\]:,]/g;

interface Level {
  readonly kind: "object" | "list";
  readonly path: string;
  key: string;
  index: number;
}

/**
 * Where each key of a JSON text stands, by its path (`a.b`, `a[0].c`, `a."b c"`). A text that is not JSON yet gives those up to
 * where it stops making sense: it is read token by token, and nothing is demanded of it.
 */
export function keyPlaces(text: string): ReadonlyMap<string, TextPlace> {
  const places = new Map<string, TextPlace>();
  const levels: Level[] = [];
  let last = { text: "", offset: 0 };
  const inside = (level: Level | undefined): string => {
    if (level === undefined) return "";
    if (level.kind === "list") return `${level.path}[${level.index}]`;
    return level.path === "" ? level.key : `${level.path}.${level.key}`;
  };
  for (const match of text.matchAll(token)) {
    const [found] = match;
    const level = levels.at(-1);
    if (found === "{" || found === "[")
      levels.push({ kind: found === "{" ? "object" : "list", path: inside(level), key: "", index: 0 });
    else if (found === "}" || found === "]") levels.pop();
    else if (found === "," && level?.kind === "list") level.index += 1;
    else if (found === ":" && level?.kind === "object") {
      const plain = last.text.replace(/^"|"$/g, "");
      level.key = /^[\w-]+$/.test(plain) ? plain : last.text;
      const path = inside(level);
      if (!places.has(path)) places.set(path, placeAt(text, last.offset, last.text.length));
    }
    last = { text: found, offset: match.index };
  }
  return places;
}

/** Where a problem stands in the text: what it names, or the nearest key above that is there; null when nothing fits. */
export function placeOfProblem(text: string, problem: string): TextPlace | null {
  const [, line, column] = lineColumn.exec(problem) ?? [];
  if (line !== undefined && column !== undefined) return placeOfLine(text, Number(line), Number(column));
  const places = keyPlaces(text);
  let path = pathOfProblem(problem);
  while (path !== null && path !== "") {
    const place = places.get(path);
    if (place !== undefined) return place;
    path = path.replace(lastMember, "");
  }
  return null;
}

/** The rule a problem of the configuration breaks: an undefined key is G20, any other key G21 (spec/tos/governance.md §3). */
export function ruleOfProblem(problem: string): "G20" | "G21" {
  return /: undefined key\b/.test(problem) ? "G20" : "G21";
}

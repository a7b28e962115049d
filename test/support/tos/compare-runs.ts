import type { PlayedRun, Tree } from "./orchestrated-run";
import type { RecordedCall, RecordedRun } from "./recorded-run";

/** Values of a document that are a moment: they differ from run to run and become `<TS>`. */
const moment = /("(?:timestamp|generated_at|updated_at)": )"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?"/g;

/** Lines whose end is the wording of a library, which spec/tos/checks.md ("How to use") leaves free, up to that end. */
const freeAfter =
  /^(?:OpenAI API呼び出し失敗: |Anthropic API呼び出し失敗: |Python検証失敗: |done判定エラー: \[Errno \d+\] |PowerShell実行失敗: )/;

/** A file as text, with its base folder and moments replaced; bytes that are no UTF-8 as their hexadecimal digits. */
export function normalised(bytes: Uint8Array, root: string): string {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString("hex");
  }
  return text.replaceAll(JSON.stringify(root).slice(1, -1), "<BASE>").replaceAll(moment, '$1"<TS>"');
}

/** How two trees differ, one line each: `path: what`. Empty when they are the same, byte for byte after normalisation. */
export function treeDifferences(expected: Tree, actual: Tree, root: string): string[] {
  const paths = [...new Set([...expected.keys(), ...actual.keys()])].toSorted();
  return paths.flatMap((path) => {
    const [wanted, found] = [expected.get(path), actual.get(path)];
    if (wanted === undefined) return [`${path}: not expected`];
    if (found === undefined) return [`${path}: missing`];
    const difference = textDifference(normalised(wanted, "<BASE>"), normalised(found, root));
    return difference === null ? [] : [`${path}: ${difference}`];
  });
}

function textDifference(wanted: string, found: string): string | null {
  if (wanted === found) return null;
  const wantedLines = wanted.split("\n");
  const foundLines = found.split("\n");
  const line = wantedLines.findIndex((text, index) => text !== foundLines[index]);
  const at = line < 0 ? wantedLines.length : line;
  return `line ${at + 1}: expected ${JSON.stringify(wantedLines[at])}, found ${JSON.stringify(foundLines[at])}`;
}

/** Lines of the console, with the base folder and the interpreter replaced and the free ends cut off. */
export function comparableLines(lines: readonly string[], run: Pick<PlayedRun, "root" | "python">): string[] {
  return lines.map((line) => {
    const plain = line.replaceAll(run.python, "<PYTHON>").replaceAll(run.root, "<BASE>");
    return freeAfter.exec(plain)?.[0] ?? plain;
  });
}

/** What goes over the wire for a recorded call: the reference called Anthropic through a library. */
export function expectedTrace(calls: readonly RecordedCall[]): unknown[] {
  return calls.map((call) => {
    if (call.sleep !== undefined) return { sleep: call.sleep };
    if (call.args === undefined)
      return {
        api: "openai",
        path: new URL(call.url ?? "").pathname,
        headers: call.headers,
        body: JSON.stringify(call.body),
      };
    return {
      api: "anthropic",
      path: "/v1/messages",
      headers: {
        "x-api-key": "<KEY>",
        "anthropic-version": "2023-06-01",
        "Content-Type": "application/json",
      },
      body: JSON.stringify(call.args),
    };
  });
}

/** The same of what really came. */
export function actualTrace(
  run: Pick<PlayedRun, "trace">,
  keys: Readonly<Record<string, string>>,
): unknown[] {
  const hide = (value: string | string[] | undefined): string =>
    Object.values(keys).reduce((text, key) => text.replaceAll(key, "<KEY>"), String(value));
  return run.trace.map((entry) => {
    if ("sleep" in entry) return entry;
    const { path, body, headers } = entry;
    if (path !== "/v1/messages")
      return {
        api: "openai",
        path,
        headers: {
          Authorization: hide(headers["authorization"]),
          "Content-Type": hide(headers["content-type"]),
        },
        body,
      };
    return {
      api: "anthropic",
      path,
      headers: {
        "x-api-key": hide(headers["x-api-key"]),
        "anthropic-version": hide(headers["anthropic-version"]),
        "Content-Type": hide(headers["content-type"]),
      },
      body,
    };
  });
}

/**
 * Calls of the shell as they are to be: those of the reference, but without the keys, which commands have no business
 * with (intended deviation).
 */
export function expectedShellCalls(recorded: RecordedRun["shellCalls"], root: string): unknown[] {
  return recorded.map((call) => ({
    ...call,
    cwd: String(call["cwd"]).replaceAll("<BASE>", root),
    env_has_openai_key: false,
    env_has_anthropic_key: false,
  }));
}

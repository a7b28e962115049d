import { expect, test } from "vitest";
import {
  actualTrace,
  comparableLines,
  expectedShellCalls,
  expectedTrace,
  treeDifferences,
} from "../../../support/tos/compare-runs";
import { testKeys, type Tree } from "../../../support/tos/orchestrated-run";
import { readRecordedRuns } from "../../../support/tos/recorded-run";

const runs = await readRecordedRuns();
const recorded = runs.find(({ name }) => name === "02_one_step_done/run_1");
if (recorded === undefined) throw new Error("the recorded run is missing");
const { tree } = recorded;
const root = "/srv/project";

/** The recorded tree as a run in `root` would leave it, with one document changed. */
function treeWith(path: string, change: (text: string) => string): Tree {
  const changed = new Map(tree);
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(tree.get(path));
  changed.set(path, new TextEncoder().encode(change(text)));
  return changed;
}

const step = "logs/steps/step_001.json";

test("a tree equals itself, and moments and the base folder do not count", () => {
  expect(treeDifferences(tree, tree, root)).toEqual([]);
  const moved = treeWith(step, (text) =>
    text.replace('"timestamp": "<TS>"', '"timestamp": "2026-11-21T08:12:17.000001"'),
  );
  expect(treeDifferences(tree, moved, root)).toEqual([]);
});

test.each([
  ["one character of a value", (text: string) => text.replace("allowlist通過", "allowlist通過.")],
  ["the order of two keys", (text: string) => text.replace(/( {2}"phase".*\n)( {2}"step_num".*\n)/, "$2$1")],
  ["a newline at the end", (text: string) => `${text}\n`],
  ["a byte order mark", (text: string) => `\uFEFF${text}`],
  ["CRLF", (text: string) => text.replaceAll("\n", "\r\n")],
  ["another indent", (text: string) => text.replaceAll("\n  ", "\n    ")],
  ["a number's spelling", (text: string) => text.replace('"step_num": 1', '"step_num": 1.0')],
  ["a moment that is none", (text: string) => text.replace('"timestamp": "<TS>"', '"timestamp": "today"')],
])("%s is a difference", (_what, change) => {
  const differences = treeDifferences(tree, treeWith(step, change), root);
  expect(differences).toHaveLength(1);
  expect(differences[0]).toMatch(/^logs\/steps\/step_001\.json: line \d+: expected /);
});

test("a missing and an additional file are differences", () => {
  const other = new Map(tree);
  other.delete(step);
  other.set("logs/extra.txt", new Uint8Array());
  expect(treeDifferences(tree, other, root)).toEqual([`logs/extra.txt: not expected`, `${step}: missing`]);
});

test("bytes that are no text are compared as they are", () => {
  const path = "workspace/results/result_v2.txt";
  const [one, other] = [
    new Map([[path, Uint8Array.of(0x82, 0xa0)]]),
    new Map([[path, Uint8Array.of(0x82, 0xa1)]]),
  ];
  expect(treeDifferences(one, other, root)).toHaveLength(1);
});

test("a free end of a line is free, and only that", () => {
  const run = { root, python: "/usr/bin/python" };
  expect(comparableLines([`OpenAI API呼び出し失敗: one`], run)).toEqual(
    comparableLines([`OpenAI API呼び出し失敗: another`], run),
  );
  expect(comparableLines([`コマンド拒否: one`], run)).not.toEqual(
    comparableLines([`コマンド拒否: two`], run),
  );
  expect(comparableLines([`フェーズ状態保存: ${root}/x`], run)).toEqual(["フェーズ状態保存: <BASE>/x"]);
});

test("a request with another prompt, key header or order, and another wait, are differences", () => {
  const calls = recorded.apiCalls;
  const first = calls[0];
  const wire = (body: unknown, authorization: string) => ({
    path: "/v1/chat/completions",
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify(body),
    scripted: "content",
  });
  const right = wire(first?.body, `Bearer ${testKeys.OPENAI_API_KEY}`);
  const expected = expectedTrace(calls.slice(0, 1));
  expect(actualTrace({ trace: [right] }, testKeys)).toEqual(expected);
  expect(
    actualTrace(
      { trace: [wire({ ...Object(first?.body), temperature: 0.8 }, right.headers.authorization)] },
      testKeys,
    ),
  ).not.toEqual(expected);
  expect(actualTrace({ trace: [wire(first?.body, "Bearer another")] }, testKeys)).not.toEqual(expected);
  expect(actualTrace({ trace: [right, { sleep: 1 }] }, testKeys)).not.toEqual(expected);
  expect(expectedTrace([{ sleep: 1 }])).not.toEqual(actualTrace({ trace: [{ sleep: 2 }] }, testKeys));
});

test("the recorded shell saw both keys; ours must not", () => {
  expect(recorded.shellCalls).toMatchObject([{ env_has_openai_key: true, env_has_anthropic_key: true }]);
  expect(expectedShellCalls(recorded.shellCalls, root)).toMatchObject([
    { cwd: root, env_has_openai_key: false, env_has_anthropic_key: false },
  ]);
});

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isJsonArray, isJsonObject, jsonObject, type Json, type JsonObject } from "#domain/json";
import { extractJson } from "#domain/tos/orchestration/extract-json";
import { readFinalReply } from "#domain/tos/orchestration/final-reply";
import { payloadFields } from "#domain/tos/orchestration/job";
import { deniedReasons, judgeAll, judgeCommand, readPolicy } from "#domain/tos/orchestration/policy";
import {
  parsePythonJson,
  printPythonCompact,
  printPythonIndented,
} from "#domain/tos/orchestration/python-json";
import { deniedSummary } from "#domain/tos/orchestration/result-documents";
import { emptyStepLog } from "#domain/tos/orchestration/step-log-keys";
import { codePointLength, cutForLog } from "#domain/tos/orchestration/truncate";

const golden = join(import.meta.dirname, "../../../golden/tos");
// The tables hold bare NaN and Infinity, so the reader under test reads them too.
const units = parsePythonJson(await readFile(join(golden, "units.json"), "utf8"));
const shippedConfig = parsePythonJson(
  await readFile(join(golden, "scenarios/02_one_step_done/run_1/in/config_v0_3.json"), "utf8"),
);

/** Rows of a table, each with a title for its test. */
function rows(table: string): { title: string; row: JsonObject }[] {
  const list = member(units, table);
  if (!isJsonArray(list)) throw new Error(`no table ${table}`);
  return list.map((row) => {
    if (!isJsonObject(row)) throw new Error(`a row of ${table} is no object`);
    return { title: printPythonCompact(row).slice(0, 90), row };
  });
}

function member(value: Json, key: string): Json {
  const found = isJsonObject(value) ? value.get(key) : undefined;
  if (found === undefined) throw new Error(`no ${key}`);
  return found;
}

function text(value: Json, key: string): string {
  const found = member(value, key);
  if (typeof found !== "string") throw new Error(`${key} is no text`);
  return found;
}

/** As one text, so that floats and orders of keys count. */
const printed = (value: Json): string => printPythonIndented(value);

describe("parse_json_strict", () => {
  test.each(rows("parse_json_strict"))("$title", ({ row }) => {
    const { parsed, extracted, problem } = extractJson(text(row, "input"));
    expect(printed(parsed)).toBe(printed(member(row, "parsed")));
    expect(parsed === null).toBe(member(row, "parsed_is_none"));
    expect(extracted).toBe(member(row, "extracted"));
    expect(problem === "" ? "" : `JSONパース失敗: ${problem}\n`).toBe(member(row, "printed"));
  });
});

describe("check_allowlist", () => {
  const verdict = (config: Json, row: JsonObject): string => {
    const { allowed, reason, matched } = judgeCommand(
      readPolicy(config),
      member(row, "type"),
      text(row, "code"),
    );
    return printed([allowed, reason, matched]);
  };

  test.each(rows("check_allowlist_default_policy"))("$title", ({ row }) => {
    expect(verdict(shippedConfig, row)).toBe(printed(member(row, "result")));
  });

  test.each(rows("check_allowlist_types"))("$title", ({ row }) => {
    const config = jsonObject({ allow_types: member(row, "allow_types") });
    expect(verdict(config, row)).toBe(printed(member(row, "result")));
  });

  test.each(rows("check_allowlist_order"))("$title", ({ row }) => {
    expect(verdict(member(row, "config"), row)).toBe(printed(member(row, "result")));
  });
});

describe("pre_check", () => {
  test.each(rows("pre_check"))("$title", ({ row }) => {
    const reply = readFinalReply(jsonObject({ final_commands: member(row, "commands") }), 1);
    const { allDenied, deniedCount, allowedCount, judgements } = judgeAll(
      readPolicy(shippedConfig),
      reply.commands,
    );
    const result = jsonObject({
      all_denied: allDenied,
      denied_count: deniedCount,
      allowed_count: allowedCount,
      check_results: deniedSummary(judgements),
    });
    expect(printed(result)).toBe(printed(member(row, "result")));
    expect(deniedReasons(judgements).split("; ")).toHaveLength(Math.max(1, deniedCount));
  });
});

describe("sanitize_for_log", () => {
  test.each(rows("sanitize_for_log"))("$title", ({ row }) => {
    if (row.has("none")) expect(cutForLog(null, 300)).toBe(member(row, "none"));
    // Nothing is masked: what looks like a key comes out as it went in.
    else if (row.has("secret")) expect(cutForLog(text(row, "secret"), 300)).toBe(member(row, "secret"));
    else {
      const cut = cutForLog("a".repeat(Number(member(row, "len"))), Number(member(row, "max"))) ?? "";
      expect([cut.length, cut.slice(-20)]).toEqual([member(row, "out_len"), member(row, "tail")]);
    }
  });
});

describe("python_json_dumps_compact", () => {
  test.each(rows("python_json_dumps_compact"))("$title", ({ row }) => {
    const value = parsePythonJson(text(row, "value_indent"));
    expect(printPythonIndented(value)).toBe(text(row, "value_indent"));
    expect(printPythonCompact(value)).toBe(text(row, "compact"));
    expect(codePointLength(printPythonCompact(value))).toBe(member(row, "codepoints"));
  });
});

describe("job_payload_fields", () => {
  test.each(rows("job_payload_fields"))("$title", ({ row }) => {
    expect(payloadFields(parsePythonJson(text(row, "payload_json")))).toEqual({
      text: member(row, "job_payload"),
      present: member(row, "job_payload_present"),
      size: member(row, "job_payload_size"),
    });
  });
});

test("step_log_key_order", () => {
  expect(Object.keys(emptyStepLog)).toEqual(member(units, "step_log_key_order"));
});

import { describe, expect, test } from "vitest";
import { judgeResult, type DecodeBytes } from "#domain/tos/orchestration/done-check";

const decode: DecodeBytes = (encoding, bytes) => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
};
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string, littleEndian: boolean): Uint8Array => {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at), littleEndian);
  return new Uint8Array(view.buffer);
};
const text = "合計: 60\r\n平均:20\n件数: 3";
/** 合計:1 平均:2 件数:3 in cp932: 20 bytes. */
const cp932 = new Uint8Array([
  0x8d, 0x87, 0x8c, 0x76, 0x3a, 0x31, 0x20, 0x95, 0xbd, 0x8b, 0xcf, 0x3a, 0x32, 0x20, 0x8c, 0x8f, 0x90, 0x94,
  0x3a, 0x33,
]);
const missing = ["done判定: 必須キーワード不足 ['合計:', '平均:', '件数:']"];
const complete = ["done判定: 全条件クリア"];
const withoutMark = ["done判定エラー: UTF-16 stream does not start with BOM"];

// checks.md 92-94.
describe("the goal", () => {
  test.each<[string, Uint8Array | null, boolean, readonly string[]]>([
    ["no file", null, false, ["done判定: result_v2.txt が存在しない"]],
    ["UTF-8", utf8(text), true, complete],
    ["UTF-8 with a mark", utf8(`\ufeff${text}`), true, complete],
    ["UTF-16 with a mark", utf16(`\ufeff${text}`, true), true, complete],
    ["big-endian UTF-16 with a mark", utf16(`\ufeff${text}`, false), true, complete],
    ["UTF-16 without a mark", utf16(text, true), false, withoutMark],
    ["cp932 of an odd length", new Uint8Array([...cp932, 0x0a]), true, complete],
    ["cp932 of an even length", cp932, false, withoutMark],
    [
      "no encoding of them all",
      new Uint8Array([0xeb, 0xff, 0xff]),
      false,
      ["done判定: ファイルのエンコードを判別できませんでした"],
    ],
    [
      "cp932 with bytes only Python reads",
      new Uint8Array([0xfe, 0xff, ...cp932, 0x80, 0xa0, 0xfd]),
      true,
      complete,
    ],
    ["nothing in it", utf8(""), false, missing],
    ["wide colons", utf8("合計：1 平均：2 件数：3"), false, missing],
    ["one keyword short", utf8("合計: 平均:"), false, ["done判定: 必須キーワード不足 ['件数:']"]],
    ["in any order, anywhere", utf8("x件数:x平均:x合計:x"), true, complete],
  ])("%s", (_, bytes, done, lines) => {
    expect(judgeResult(bytes, decode)).toEqual({ done, lines });
  });

  test("is looked for in cp932 where UTF-16 breaks off at half a pair", () => {
    // An even length, and as UTF-16 a low half alone: neither UTF-16 reads it.
    const odd = new Uint8Array([...cp932, 0x20, 0xdc]);
    expect(judgeResult(odd, decode)).toEqual({ done: true, lines: complete });
  });
});

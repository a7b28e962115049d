import { expect, test } from "vitest";
import { countsSince } from "#domain/reading/mark-view";

const totals = new Map([
  ["case_processing_failed", 5],
  ["turns_handled", 9],
]);
const mark = {
  setUnixMs: 1,
  afterLine: 7,
  counts: { case_processing_failed: 5, turns_handled: 4 },
  invalidated: false,
};

test("without a mark the counts since are the totals", () =>
  expect(countsSince(totals, null)).toEqual({
    reasonCodeCounts: { case_processing_failed: 5, turns_handled: 9 },
    sinceMark: { case_processing_failed: 5, turns_handled: 9 },
    mark: null,
  }));

test("with one, what was there before is taken off", () =>
  expect(countsSince(totals, mark)).toEqual({
    reasonCodeCounts: { case_processing_failed: 5, turns_handled: 9 },
    sinceMark: { turns_handled: 5 },
    mark: { setUnixMs: 1, afterLine: 7, invalidated: false },
  }));

test("in a log that was replaced everything is new (spec/tau/rollout.md §7, 11)", () =>
  expect(countsSince(totals, { ...mark, invalidated: true })).toMatchObject({
    sinceMark: { case_processing_failed: 5, turns_handled: 9 },
    mark: { invalidated: true },
  }));

test("a code the mark has never heard of is new, whatever it is called", () =>
  expect(countsSince(new Map([["constructor", 2]]), mark).sinceMark).toEqual({ constructor: 2 }));

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { requests } from "#contract/requests";
import { movedIndex } from "../../../renderer/src/features/events/list-keys";
import {
  problemsOf,
  settingsFields,
  settingsOf,
  settingsText,
} from "../../../renderer/src/features/driver/settings-form";

const good = settingsText(6_000, {
  queueLimit: 64,
  processedCaseCap: 10_000,
  retryMaxAttempts: 4,
  retryBaseDelayMs: 0,
});

describe("driver settings form", () => {
  it("gives back what it was given", () => {
    expect(problemsOf(good)).toEqual({});
    expect(settingsText(settingsOf(good).intervalMs, settingsOf(good).limits)).toEqual(good);
  });

  it.each(["", " ", "0", "-1", "1.5", "many", "1e9", "Infinity", "0x"])(
    "refuses %j as a queue limit",
    (queueLimit) => {
      expect(Object.keys(problemsOf({ ...good, queueLimit }))).toEqual(["queueLimit"]);
    },
  );

  it("accepts exactly what the contract accepts", () => {
    const texts = fc.oneof(
      fc.integer({ min: -10, max: 2_000_000 }).map(String),
      fc.double({ min: -1, max: 90_000, noNaN: true }).map(String),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.constantFrom(...settingsFields), texts, ({ key }, text) => {
        const entered = { ...good, [key]: text };
        if (Object.keys(problemsOf(entered)).length > 0) return;
        const parsed = requests["driver.configure"].input.safeParse({
          surface: "voice",
          ...settingsOf(entered),
        });
        expect(parsed.success).toBe(true);
      }),
    );
  });
});

describe("keys of a list", () => {
  it.each([
    ["ArrowDown", 0, 1],
    ["j", 9, 9],
    ["ArrowUp", 0, 0],
    ["k", 5, 4],
    ["PageDown", 2, 6],
    ["PageUp", 9, 5],
    ["Home", 7, 0],
    ["End", 2, 9],
    ["x", 2, null],
  ])("%s moves row %i to %s", (key, active, expected) => {
    expect(movedIndex(key, active, 10, 5)).toBe(expected);
  });

  it("moves nothing in an empty list", () => {
    expect(movedIndex("End", 0, 0, 5)).toBeNull();
  });
});

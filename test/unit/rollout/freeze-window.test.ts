import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FreezeWindow } from "#contract/rollout/profile";
import { openFreezeWindow } from "#domain/rollout/freeze-window";
import { shortProfile } from "../../support/rollout/story";

const windowOf = (change: Partial<FreezeWindow>): FreezeWindow => ({
  id: "nightly",
  title: "Nightly freeze",
  weekdays: [],
  from: "22:00",
  to: "06:00",
  timeZone: "UTC",
  ...change,
});
const open = (change: Partial<FreezeWindow>, moment: string): string | null => {
  const found = openFreezeWindow(shortProfile({ freezeWindows: [windowOf(change)] }), Date.parse(moment));
  return found === null ? null : new Date(found.untilUnixMs).toISOString().slice(0, 16);
};

describe("freeze windows", () => {
  test.each<[string, Partial<FreezeWindow>, string, string | null]>([
    ["at its first moment", {}, "2026-02-13T22:00:00Z", "2026-02-14T06:00"],
    ["just before it", {}, "2026-02-13T21:59:59.999Z", null],
    ["after midnight", {}, "2026-02-14T05:59:59.999Z", "2026-02-14T06:00"],
    ["at its end", {}, "2026-02-14T06:00:00Z", null],
    ["on the day it begins", { weekdays: ["friday"] }, "2026-02-13T23:00:00Z", "2026-02-14T06:00"],
    [
      "on the morning after the day it begins",
      { weekdays: ["friday"] },
      "2026-02-14T01:00:00Z",
      "2026-02-14T06:00",
    ],
    ["on the evening of another day", { weekdays: ["friday"] }, "2026-02-14T23:00:00Z", null],
    [
      "the whole day where it ends as it begins",
      { from: "09:00", to: "09:00" },
      "2026-02-14T08:59:00Z",
      "2026-02-14T09:00",
    ],
    ["in winter time", { timeZone: "Europe/Zurich" }, "2026-02-13T21:00:00Z", "2026-02-14T05:00"],
    ["in summer time", { timeZone: "Europe/Zurich" }, "2026-07-13T20:00:00Z", "2026-07-14T04:00"],
    [
      "over the night an hour is lost",
      { timeZone: "Europe/Zurich" },
      "2026-03-28T23:00:00Z",
      "2026-03-29T04:00",
    ],
    [
      "over the night an hour is won",
      { timeZone: "Europe/Zurich" },
      "2026-10-24T23:00:00Z",
      "2026-10-25T05:00",
    ],
    [
      "on the far side of the date line",
      { timeZone: "Pacific/Kiritimati", weekdays: ["saturday"] },
      "2026-02-14T09:00:00Z",
      "2026-02-14T16:00",
    ],
  ])("%s", (_, change, moment, expected) => {
    expect(open(change, moment)).toBe(expected);
  });

  test("of two open ones the last to end counts", () => {
    const freezeWindows = [windowOf({}), windowOf({ id: "long", to: "12:00" })];
    const found = openFreezeWindow(shortProfile({ freezeWindows }), Date.parse("2026-02-13T23:00:00Z"));
    expect(found?.window.id).toBe("long");
  });

  test("an unknown time zone counts as open, and says so", () => {
    const freezeWindows = [windowOf({ timeZone: "Mars/Olympus" })];
    const found = openFreezeWindow(shortProfile({ freezeWindows }), Date.parse("2026-02-13T12:00:00Z"));
    expect(found?.window.title).toContain('the time zone "Mars/Olympus" is unknown');
  });

  test("an open window is open until its end and no longer, in every zone", () => {
    const times = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":"));
    const zones = fc.constantFrom("UTC", "Europe/Zurich", "America/St_Johns", "Australia/Lord_Howe");
    let opened = 0;
    fc.assert(
      fc.property(
        times,
        times,
        zones,
        fc.integer({ min: 0, max: 366 * 1_440 }),
        (from, to, timeZone, minute) => {
          fc.pre(from !== to);
          const profile = shortProfile({ freezeWindows: [windowOf({ from, to, timeZone })] });
          const unixMs = Date.parse("2026-01-01T00:00:00Z") + minute * 60_000;
          const found = openFreezeWindow(profile, unixMs);
          if (found === null) return;
          opened += 1;
          expect(found.untilUnixMs).toBeGreaterThan(unixMs);
          expect(openFreezeWindow(profile, found.untilUnixMs - 1)?.untilUnixMs).toBe(found.untilUnixMs);
          expect(openFreezeWindow(profile, found.untilUnixMs)).toBeNull();
        },
      ),
      { numRuns: 300 },
    );
    expect(opened).toBeGreaterThan(50);
  });
});

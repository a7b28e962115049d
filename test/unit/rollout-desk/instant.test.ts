import { expect, test } from "vitest";
import { bootInstants, sessionInstants } from "../../../main/rollout/instant";
import { ManualClock } from "./manual-clock";

test("a session's instants follow both clocks, each on its own", () => {
  const clock = new ManualClock();
  const now = sessionInstants(clock, "one");
  const first = now();
  expect(first).toEqual({ unixMs: clock.nowUnixMs(), monotonicMs: clock.monotonicMs(), session: "one" });
  clock.jump(-7_200_000);
  clock.sleep(500);
  expect(now()).toEqual({
    unixMs: first.unixMs - 7_200_000 + 500,
    monotonicMs: first.monotonicMs + 500,
    session: "one",
  });
});

test("each start of the console is a session of its own", () => {
  const clock = new ManualClock();
  const [one, other] = [sessionInstants(clock), sessionInstants(clock)];
  expect(one().session).toBe(one().session);
  expect(one().session).not.toBe(other().session);
});

test("milliseconds of the wall clock are whole, as the journal takes them", () => {
  const now = sessionInstants({ nowUnixMs: () => 1_770_997_600_000.75, monotonicMs: () => 12.5 }, "one");
  expect(now()).toEqual({ unixMs: 1_770_997_600_000, monotonicMs: 12.5, session: "one" });
  expect(bootInstants(() => 1_770_997_600_000.75)().unixMs).toBe(1_770_997_600_000);
});

test("commands of one boot share a session and a clock that never goes back", () => {
  const [one, other] = [bootInstants(() => 5), bootInstants(() => 4)];
  const instants = [one(), other(), one(), other()];
  expect(new Set(instants.map(({ session }) => session)).size).toBe(1);
  expect(instants[0]?.session).toMatch(/^boot-[0-9a-f-]{36}$/);
  const monotonic = instants.map(({ monotonicMs }) => monotonicMs);
  expect(monotonic).toEqual(monotonic.toSorted((left, right) => left - right));
});

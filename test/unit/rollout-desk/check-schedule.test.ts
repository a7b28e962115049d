import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CheckSchedule } from "../../../main/rollout/desk/check-schedule";
import { ManualClock } from "./manual-clock";

let clock: ManualClock;
let taken: number[];
let schedule: CheckSchedule;

beforeEach(() => {
  vi.useFakeTimers();
  clock = new ManualClock();
  taken = [];
  schedule = new CheckSchedule(clock, () => taken.push(clock.monotonicMs()));
});
afterEach(() => {
  schedule.stop();
  vi.useRealTimers();
});

test("takes a check once it is due, once", async () => {
  schedule.plan(5_000);
  expect(schedule.nextUnixMs).toBe(clock.nowUnixMs() + 5_000);
  await clock.pass(4_950);
  expect(taken).toEqual([]);
  await clock.pass(50);
  expect(taken).toHaveLength(1);
  expect(schedule.nextUnixMs).toBeNull();
  await clock.pass(60_000);
  expect(taken).toHaveLength(1);
});

test("a timer that fires late is one late check", async () => {
  schedule.plan(5_000);
  clock.sleep(3_600_000);
  expect(schedule.nextUnixMs).toBe(clock.nowUnixMs());
  await vi.advanceTimersByTimeAsync(5_000);
  expect(taken).toHaveLength(1);
});

test("a timer that fires early waits for the rest", async () => {
  schedule.plan(5_000);
  // The platform's timers ran ahead of the monotonic clock.
  await vi.advanceTimersByTimeAsync(5_000);
  expect(taken).toEqual([]);
  clock.sleep(5_000);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(taken).toHaveLength(1);
});

test("the wall clock has no say in when a check is taken, only in how its moment is told", async () => {
  schedule.plan(10_000);
  clock.jump(7_200_000);
  expect(schedule.nextUnixMs).toBe(clock.nowUnixMs() + 10_000);
  await clock.pass(9_950);
  expect(taken).toEqual([]);
  clock.jump(-7_200_000);
  await clock.pass(50);
  expect(taken).toHaveLength(1);
});

test("a new plan calls off the one before; hastening needs one", async () => {
  schedule.plan(1_000);
  schedule.plan(3_000);
  await clock.pass(1_000);
  expect(taken).toEqual([]);
  schedule.hasten();
  await clock.pass(50);
  expect(taken).toHaveLength(1);
  schedule.hasten();
  await clock.pass(10_000);
  expect(taken).toHaveLength(1);
  schedule.plan(1_000);
  schedule.stop();
  await clock.pass(10_000);
  expect(taken).toHaveLength(1);
});

test("waits longer than any timer of the platform can", async () => {
  const fortyDaysMs = 40 * 86_400_000;
  schedule.plan(fortyDaysMs);
  clock.sleep(2_147_483_647);
  await vi.advanceTimersByTimeAsync(2_147_483_647);
  expect(taken).toEqual([]);
  clock.sleep(fortyDaysMs - 2_147_483_647);
  await vi.advanceTimersByTimeAsync(fortyDaysMs - 2_147_483_647);
  expect(taken).toHaveLength(1);
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { summaryOf } from "#domain/rollout/summary";
import { KeptHistory } from "../../../main/rollout/desk/kept-history";
import type { RolloutHistory, RolloutJournal } from "../../../main/rollout/journal/journal-types";
import { Story, rolloutId } from "../../support/rollout/story";
import { ManualClock } from "./manual-clock";

const journalOf = (story: Story): RolloutJournal => ({
  rolloutId: story.state.rolloutId,
  path: "journal.jsonl",
  get state() {
    return story.state;
  },
  entries: 1,
  problem: null,
  tornBytes: 0,
  timeline: () => Promise.reject(new Error("not asked")),
  check: () => Promise.reject(new Error("not asked")),
  trends: () => [],
});
const older = { ...summaryOf(new Story().state, ""), rolloutId: "20200101T000000Z-0001" };
const found: RolloutHistory = { rollouts: [older], unreadable: [] };

let clock: ManualClock;
let reads: number;
let problems: string[];
let answer: () => Promise<RolloutHistory>;
let history: KeptHistory;
beforeEach(() => {
  vi.useFakeTimers();
  clock = new ManualClock();
  reads = 0;
  problems = [];
  answer = () => Promise.resolve(found);
  history = new KeptHistory({
    read: () => {
      reads += 1;
      return answer();
    },
    clock,
    onProblem: (problem) => problems.push(problem),
  });
});
afterEach(async () => {
  await history.close();
  vi.useRealTimers();
});

test("is read ahead once, and answered from memory then", async () => {
  await clock.pass(5_000);
  expect(reads).toBe(1);
  expect(await history.list()).toEqual([older]);
  expect(reads).toBe(1);
});

test("tells the rollout that is worked on as it stands, and one it left as it was left", async () => {
  await clock.pass(2_000);
  const story = new Story();
  history.follow(journalOf(story));
  expect(await history.list()).toEqual([summaryOf(story.state, ""), older]);
  story.passes(1).command("abort");
  const left = summaryOf(story.state, "");
  expect(left).toMatchObject({ rolloutId, status: "aborted", checks: 1 });
  expect(await history.list()).toEqual([left, older]);
  // What the disk says of it meanwhile is not newer.
  answer = () => Promise.resolve({ rollouts: [{ ...left, status: "preflight" }, older], unreadable: [] });
  await clock.pass(60_000);
  await history.list();
  await clock.pass(50);
  expect(reads).toBe(2);
  expect(await history.list()).toEqual([left, older]);
});

test("asked before it was read ahead, reads once for all who ask", async () => {
  expect(await Promise.all([history.list(), history.list()])).toEqual([[older], [older]]);
  expect(reads).toBe(1);
});

test("finds what somebody else did to the files behind an answer, and tells it in the next", async () => {
  await clock.pass(5_000);
  answer = () => Promise.resolve({ rollouts: [], unreadable: [] });
  await clock.pass(10_000);
  expect(await history.list()).toEqual([older]);
  await clock.pass(50);
  expect(await history.list()).toEqual([]);
  expect(reads).toBe(2);
});

test("a folder that cannot be read any more is told to the next who asks, until it can be", async () => {
  await clock.pass(20_000);
  answer = () => Promise.reject(new Error("EIO"));
  expect(await history.list()).toEqual([older]);
  await clock.pass(50);
  expect(problems).toEqual(["history: EIO"]);
  await expect(history.list()).rejects.toThrow("EIO");
  answer = () => Promise.resolve(found);
  expect(await history.list()).toEqual([older]);
});

test("closed, reads nothing ahead; a reading under way keeps nobody from closing for long", async () => {
  await history.close();
  await clock.pass(60_000);
  expect(reads).toBe(0);
  const other = new KeptHistory({
    read: () => new Promise(() => undefined),
    clock,
    onProblem: (problem) => problems.push(problem),
  });
  await clock.pass(2_000);
  let closed = false;
  const closing = other.close().then(() => (closed = true));
  expect(closed).toBe(false);
  await clock.pass(1_100);
  await closing;
});

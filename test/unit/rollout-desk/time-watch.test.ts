import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RolloutView } from "#contract/rollout/view";
import { viewOf } from "#domain/rollout/view";
import { watchTime } from "../../../main/rollout/desk/time-watch";
import { healthyObservation, instantAt } from "../../support/rollout/observation";
import { Story, checkInput, shortProfile } from "../../support/rollout/story";

const journal = { path: "journal.jsonl", entries: 1, problem: "", record: null };
const window = { id: "noon", title: "Noon", weekdays: [], from: "15:50", to: "15:55", timeZone: "UTC" };

/** Preflight with one check that passed, at 15:46:40 UTC; time is then the test's. */
function watched(changes: Parameters<typeof shortProfile>[0] = {}) {
  const story = new Story(shortProfile(changes));
  story.apply(checkInput(healthyObservation(story.now)));
  const view = (): RolloutView =>
    viewOf(story.state, { now: story.now, nextCheckUnixMs: story.now.unixMs + 5, journal });
  const announced: { readonly atMs: number; readonly view: RolloutView }[] = [];
  const stop = watchTime(view, () =>
    announced.push({ atMs: story.now.unixMs - instantAt(0).unixMs, view: view() }),
  );
  const pass = (ms: number): void => {
    for (let left = ms; left > 0; left -= 1_000) {
      story.wait(1_000);
      vi.advanceTimersByTime(1_000);
    }
  };
  return { announced, pass, stop };
}

const allowed = ({ actions }: RolloutView, name: string): boolean =>
  actions.some(({ action, allowed: may }) => action === name && may);

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("tells when a freeze window opens and when it closes", () => {
  const { announced, pass, stop } = watched({ freezeWindows: [window] });
  pass(600_000);
  stop();
  const windows = announced.map(({ atMs, view }) => [atMs, view.freezeWindow?.id ?? null]);
  expect(windows.filter(([, id], index) => id !== (windows[index - 1]?.[1] ?? null))).toEqual([
    [200_000, "noon"],
    [500_000, null],
  ]);
});

test("tells when a check by hand may be taken again and when the last check is too old to promote on", () => {
  const { announced, pass, stop } = watched({ manualCheckDistanceMs: 5_000, checkIntervalMs: 10_000 });
  pass(300_000);
  stop();
  const decisive = announced.filter(({ view }, index) => {
    const before = announced[index - 1]?.view;
    return ["check", "promote"].some((name) => !before || allowed(before, name) !== allowed(view, name));
  });
  expect(decisive.map(({ atMs, view }) => [atMs, allowed(view, "check"), allowed(view, "promote")])).toEqual([
    [5_000, true, true],
    [21_000, true, false],
  ]);
  // The reason counts the check's age; a page is not told of every second of it.
  const gaps = announced.slice(2).map(({ atMs }, index) => atMs - (announced[index + 1]?.atMs ?? 0));
  expect(Math.min(...gaps)).toBe(10_000);
  expect(gaps.length).toBeLessThanOrEqual(30);
});

test("tells nothing once it was stopped", () => {
  const { announced, pass, stop } = watched({ freezeWindows: [window] });
  stop();
  pass(300_000);
  expect(announced).toEqual([]);
});

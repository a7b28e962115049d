import { expect, test } from "vitest";
import { Repeater } from "../../../main/watch/repeater";

/** A task whose every run waits to be let go. */
function held() {
  const waiting: (() => void)[] = [];
  let running = 0;
  let most = 0;
  let runs = 0;
  const repeater = new Repeater(async () => {
    runs += 1;
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => waiting.push(resolve));
    running -= 1;
  });
  const letGo = async (): Promise<void> => {
    waiting.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { repeater, letGo, counts: () => ({ runs, running, most }) };
}

test("asked a thousand times during a run, it runs once more", async () => {
  const { repeater, letGo, counts } = held();
  const first = repeater.run();
  for (let ask = 0; ask < 1_000; ask += 1) void repeater.run();
  expect(counts()).toEqual({ runs: 1, running: 1, most: 1 });
  await letGo();
  expect(counts()).toEqual({ runs: 2, running: 1, most: 1 });
  await letGo();
  await first;
  expect(counts()).toEqual({ runs: 2, running: 0, most: 1 });
});

test("asked again after it ended, it runs again", async () => {
  const { repeater, letGo, counts } = held();
  for (const runs of [1, 2, 3]) {
    const done = repeater.run();
    await letGo();
    await done;
    expect(counts().runs).toBe(runs);
  }
});

test("stop waits for the run under way and begins no other", async () => {
  const { repeater, letGo, counts } = held();
  void repeater.run();
  void repeater.run();
  const stopped = repeater.stop();
  await letGo();
  await stopped;
  void repeater.run();
  await letGo();
  expect(counts()).toEqual({ runs: 1, running: 0, most: 1 });
});

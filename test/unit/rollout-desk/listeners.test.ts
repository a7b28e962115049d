import { expect, test } from "vitest";
import { Listeners } from "../../../main/rollout/desk/listeners";

test("holds the newest of what nobody heard for the first who listens, and for no other", () => {
  const listeners = new Listeners<number>(2);
  for (const value of [1, 2, 3]) listeners.tell(value);
  const first: number[] = [];
  const second: number[] = [];
  const leave = listeners.add((value) => first.push(value));
  listeners.add((value) => second.push(value));
  listeners.tell(4);
  leave();
  listeners.tell(5);
  expect(first).toEqual([2, 3, 4]);
  expect(second).toEqual([4, 5]);
});

test("holds nothing where nothing is to be held, nor once somebody listened", () => {
  const nothing = new Listeners<number>();
  nothing.tell(1);
  const heard: number[] = [];
  const leave = nothing.add((value) => heard.push(value));
  leave();
  nothing.tell(2);
  nothing.add((value) => heard.push(value));
  expect(heard).toEqual([]);
});

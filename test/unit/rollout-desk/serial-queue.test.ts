import { expect, test } from "vitest";
import { SerialQueue } from "../../../main/rollout/desk/serial-queue";

test("runs tasks one after the other, in the order they were given, whatever each takes", async () => {
  const queue = new SerialQueue();
  const steps: string[] = [];
  const task = (name: string, turns: number) => async (): Promise<string> => {
    steps.push(`${name} begins`);
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    steps.push(`${name} ends`);
    return name;
  };
  expect(
    await Promise.all([queue.run(task("a", 20)), queue.run(task("b", 0)), queue.run(task("c", 5))]),
  ).toEqual(["a", "b", "c"]);
  expect(steps).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
});

test("one that fails, at once or later, is told to whoever gave it and holds up no other", async () => {
  const queue = new SerialQueue();
  const failing = queue.run(() => {
    throw new Error("at once");
  });
  const rejecting = queue.run(() => Promise.reject(new Error("later")));
  const third = queue.run(() => 3);
  await expect(failing).rejects.toThrow("at once");
  await expect(rejecting).rejects.toThrow("later");
  expect(await third).toBe(3);
});

test("is idle once everything given so far has been done, failed tasks included", async () => {
  const queue = new SerialQueue();
  await queue.idle();
  let done = false;
  const failed = queue.run(async () => {
    await new Promise((next) => setImmediate(next));
    done = true;
    throw new Error("failed");
  });
  const refused = failed.catch((error: Error) => error.message);
  await queue.idle();
  expect(done).toBe(true);
  expect(await refused).toBe("failed");
});

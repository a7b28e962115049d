import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Coalescer, type Scheduler } from "../../../main/host/coalescer";

/** Time that passes when told to. */
function heldTime(): Scheduler & { pass(ms: number): void } {
  let now = 0;
  let tasks: { due: number; task: () => void }[] = [];
  return {
    after(delayMs, task) {
      const entry = { due: now + delayMs, task };
      tasks.push(entry);
      return () => (tasks = tasks.filter((each) => each !== entry));
    },
    pass(ms) {
      now += ms;
      const due = tasks.filter((each) => each.due <= now);
      tasks = tasks.filter((each) => each.due > now);
      for (const { task } of due) task();
    },
  };
}

describe("coalescer", () => {
  it("flushes a lone change at once and a burst once more at the interval's end", () => {
    const time = heldTime();
    const flushed: string[] = [];
    const coalescer = new Coalescer<string>(33, time, (key) => flushed.push(key));
    coalescer.mark("voice");
    expect(flushed).toEqual(["voice"]);
    for (let index = 0; index < 10_000; index += 1) coalescer.mark("voice");
    coalescer.mark("memory");
    expect(flushed).toEqual(["voice", "memory"]);
    time.pass(33);
    expect(flushed).toEqual(["voice", "memory", "voice"]);
    time.pass(33);
    coalescer.mark("voice");
    expect(flushed).toHaveLength(4);
  });

  it("never loses the last change, whatever the rhythm", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constant("mark" as const), fc.constant("flush" as const), fc.nat(50)), {
          maxLength: 80,
        }),
        (script) => {
          const time = heldTime();
          let latest = 0;
          let announced = 0;
          let flushes = 0;
          let passed = 0;
          let forced = 0;
          let lost = 0;
          const coalescer = new Coalescer<"only">(33, time, () => {
            announced = latest;
            flushes += 1;
          });
          for (const step of script) {
            if (step === "mark") {
              latest += 1;
              coalescer.mark("only");
            } else if (step === "flush") {
              forced += 1;
              coalescer.flushAll();
              if (announced !== latest) lost += 1;
            } else {
              passed += step;
              time.pass(step);
            }
          }
          time.pass(33);
          expect([lost, announced]).toEqual([0, latest]);
          expect(flushes).toBeLessThanOrEqual(2 + forced + Math.ceil((passed + 33) / 33));
        },
      ),
    );
  });

  it("says nothing more once disposed", () => {
    const time = heldTime();
    const flushed: string[] = [];
    const coalescer = new Coalescer<string>(33, time, (key) => flushed.push(key));
    coalescer.mark("voice");
    coalescer.mark("voice");
    coalescer.dispose();
    time.pass(100);
    expect(flushed).toEqual(["voice"]);
  });
});

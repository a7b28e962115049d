import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Instant } from "#contract/rollout/observation";
import type { RolloutState } from "#domain/rollout/state";
import { CheckRhythm } from "../../../main/rollout/desk/check-rhythm";
import { healthyObservation } from "../../support/rollout/observation";
import { Story, checkInput, commandInput, shortProfile } from "../../support/rollout/story";
import { ManualClock } from "./manual-clock";

const intervalMs = 10_000;

/** A rhythm over a rollout whose checks take as long as a test says. */
class Checked {
  readonly clock = new ManualClock();
  readonly story: Story;
  readonly rhythm: CheckRhythm;
  /** Monotonic moments at which checks were begun. */
  readonly begun: number[] = [];
  plans = 0;
  checkLastsMs = 0;
  failing = false;
  written: number | null = null;

  constructor() {
    this.story = new Story(shortProfile(), this.#instant());
    this.rhythm = new CheckRhythm({
      clock: this.clock,
      state: () => this.story.state,
      take: () => this.#take(),
      writtenUnixMs: () => this.written,
      onPlan: () => (this.plans += 1),
    });
  }

  get state(): RolloutState {
    return this.story.state;
  }

  async check(): Promise<void> {
    this.#follow(() => this.story.apply(checkInput(healthyObservation(this.story.now))));
  }

  promote(): void {
    this.#follow(() => this.story.apply(commandInput(this.state, "promote")));
  }

  abort(): void {
    this.#follow(() => this.story.apply(commandInput(this.state, "abort")));
  }

  async #take(): Promise<void> {
    this.begun.push(this.clock.monotonicMs());
    if (this.failing) throw new Error("the disk is full");
    if (this.checkLastsMs > 0) await new Promise((done) => setTimeout(done, this.checkLastsMs));
    await this.check();
  }

  #follow(act: () => { readonly events: readonly unknown[] }): void {
    const { unixMs, monotonicMs } = this.#instant();
    this.story.wait(monotonicMs - this.story.now.monotonicMs);
    this.story.jump(unixMs - this.story.now.unixMs);
    if (act().events.length > 0) this.rhythm.follow(this.state);
  }

  #instant(): Instant {
    return { unixMs: this.clock.nowUnixMs(), monotonicMs: this.clock.monotonicMs(), session: "one" };
  }
}

let desk: Checked;
beforeEach(() => {
  vi.useFakeTimers();
  desk = new Checked();
});
afterEach(() => {
  desk.rhythm.stop();
  vi.useRealTimers();
});

/** A rollout whose first check was just taken by the rhythm. */
async function checkedOnce(): Promise<void> {
  desk.rhythm.follow(desk.state);
  await desk.clock.pass(50);
  expect(desk.state.checks).toBe(1);
}

describe("the rhythm of scheduled checks", () => {
  test("takes the first at once and each further one an interval after the one before", async () => {
    await checkedOnce();
    for (let check = 2; check <= 5; check += 1) {
      await desk.clock.pass(intervalMs - 100);
      expect(desk.state.checks).toBe(check - 1);
      await desk.clock.pass(100);
      expect(desk.state.checks).toBe(check);
    }
  });

  test("a check that takes longer than the interval is not begun twice, and the next waits a whole interval", async () => {
    await checkedOnce();
    desk.checkLastsMs = 3 * intervalMs;
    await desk.clock.pass(intervalMs);
    expect(desk.begun).toHaveLength(2);
    await desk.clock.pass(3 * intervalMs - 100);
    expect(desk.begun).toHaveLength(2);
    expect(desk.state.checks).toBe(1);
    await desk.clock.pass(100 + intervalMs - 100);
    expect(desk.state.checks).toBe(2);
    expect(desk.begun).toHaveLength(2);
    await desk.clock.pass(150);
    expect(desk.begun).toHaveLength(3);
  });

  test("a machine that slept takes one check when it wakes, not those it missed", async () => {
    await checkedOnce();
    desk.clock.sleep(20 * intervalMs);
    await desk.clock.pass(intervalMs);
    expect(desk.begun).toHaveLength(2);
    expect(desk.state.checks).toBe(2);
  });

  test("keeps its distance whatever the wall clock does", async () => {
    await checkedOnce();
    for (const jumpMs of [7_200_000, -7_200_000, -86_400_000]) {
      desk.clock.jump(jumpMs);
      const before = desk.state.checks;
      await desk.clock.pass(intervalMs - 50);
      expect(desk.state.checks).toBe(before);
      await desk.clock.pass(50);
      expect(desk.state.checks).toBe(before + 1);
    }
  });

  test("a check by hand moves the scheduled one", async () => {
    await checkedOnce();
    await desk.clock.pass(intervalMs - 1_000);
    await desk.check();
    await desk.clock.pass(intervalMs - 50);
    expect(desk.begun).toHaveLength(1);
    await desk.clock.pass(50);
    expect(desk.begun).toHaveLength(2);
  });

  test("after a phase was entered checks as soon as every surface has written since", async () => {
    await checkedOnce();
    desk.written = desk.clock.nowUnixMs();
    await desk.clock.pass(4_000);
    desk.promote();
    expect(desk.state.status).toBe("canary-1");
    const { plans } = desk;
    await desk.clock.pass(1_000);
    desk.rhythm.surfacesChanged();
    await desk.clock.pass(50);
    expect(desk.begun).toHaveLength(1);
    expect(desk.plans).toBe(plans);

    desk.written = desk.clock.nowUnixMs();
    desk.rhythm.surfacesChanged();
    expect(desk.plans).toBe(plans + 1);
    await desk.clock.pass(50);
    expect(desk.begun).toHaveLength(2);
    // Only the first check of a phase is hastened.
    desk.written = desk.clock.nowUnixMs();
    desk.rhythm.surfacesChanged();
    await desk.clock.pass(intervalMs - 100);
    expect(desk.begun).toHaveLength(2);
  });

  test("after a phase was entered checks after an interval at the latest, though no surface writes", async () => {
    await checkedOnce();
    desk.promote();
    await desk.clock.pass(intervalMs - 50);
    expect(desk.begun).toHaveLength(1);
    await desk.clock.pass(50);
    expect(desk.begun).toHaveLength(2);
  });

  test("surfaces that go on writing while a check is taken do not have it taken twice", async () => {
    await checkedOnce();
    desk.promote();
    desk.checkLastsMs = 5_000;
    await desk.clock.pass(100);
    desk.written = desk.clock.nowUnixMs();
    desk.rhythm.surfacesChanged();
    for (let look = 0; look < 40; look += 1) {
      await desk.clock.pass(100);
      desk.rhythm.surfacesChanged();
    }
    expect(desk.begun).toHaveLength(2);
  });

  test("a check that could not be written is tried again after an interval", async () => {
    await checkedOnce();
    desk.failing = true;
    await desk.clock.pass(intervalMs);
    expect(desk.begun).toHaveLength(2);
    expect(desk.rhythm.nextUnixMs).toBe(desk.clock.nowUnixMs() + intervalMs);
    await desk.clock.pass(intervalMs);
    expect(desk.begun).toHaveLength(3);
    desk.failing = false;
    await desk.clock.pass(intervalMs);
    expect(desk.state.checks).toBe(2);
  });

  test("ends with the rollout", async () => {
    await checkedOnce();
    desk.abort();
    expect(desk.rhythm.nextUnixMs).toBeNull();
    await desk.clock.pass(10 * intervalMs);
    expect(desk.begun).toHaveLength(1);
  });
});

describe("a rollout that is taken up again", () => {
  const reopened = async (act: () => void): Promise<void> => {
    await checkedOnce();
    desk.rhythm.stop();
    act();
    desk.rhythm.resume(desk.state);
  };

  test("after twenty minutes is checked at once, once", async () => {
    await reopened(() => desk.clock.sleep(20 * 60_000));
    await desk.clock.pass(50);
    expect(desk.begun).toHaveLength(2);
    await desk.clock.pass(intervalMs - 100);
    expect(desk.begun).toHaveLength(2);
  });

  test("within the interval waits for the rest of it", async () => {
    await reopened(() => desk.clock.sleep(4_000));
    await desk.clock.pass(intervalMs - 4_000 - 100);
    expect(desk.begun).toHaveLength(1);
    await desk.clock.pass(100);
    expect(desk.begun).toHaveLength(2);
  });

  test("is checked at once when the wall clock went back meanwhile", async () => {
    await reopened(() => desk.clock.jump(-86_400_000));
    await desk.clock.pass(50);
    expect(desk.begun).toHaveLength(2);
  });

  test("is left alone when it has ended", async () => {
    await reopened(() => desk.abort());
    await desk.clock.pass(10 * intervalMs);
    expect(desk.begun).toHaveLength(1);
  });
});

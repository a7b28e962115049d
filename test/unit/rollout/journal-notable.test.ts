import type { CheckRecord, RolloutEvent } from "#contract/rollout/journal";
import { expect, test } from "vitest";
import { isNotable } from "../../../main/rollout/journal/notable";
import { withSample } from "../../support/rollout/observation";
import { Story } from "../../support/rollout/story";

type CheckEvent = Extract<RolloutEvent, { type: "check-recorded" }>;

const checkOf = (events: readonly RolloutEvent[]): CheckEvent => {
  const found = events.find((event) => event.type === "check-recorded");
  if (found?.type !== "check-recorded") throw new Error("expected a check");
  return found;
};

/** A passing check in canary-1, the next one, and one that a full queue fails, the first and the second time. */
function checks() {
  const story = new Story().reach("canary-1").passes(1);
  const fails = () =>
    checkOf(story.wait(10_000).check((seen) => withSample(seen, "voice", { queueDepth: 3 })).events);
  const passing = checkOf(story.wait(10_000).check().events);
  const again = checkOf(story.wait(10_000).check().events);
  return { passing, again, failing: fails(), failingAgain: fails() };
}

test("a check that says what the one before said tells nothing new, though its credit grew", () => {
  const { passing, again } = checks();
  expect(again.soak.creditedMs).toBeGreaterThan(passing.soak.creditedMs);
  expect(isNotable([again], passing)).toBe(false);
});

test("a verdict that changed, either way, is notable; the same failure again is not", () => {
  const { again, failing, failingAgain } = checks();
  expect(failing.soak.outcome).toBe("restarted");
  expect(isNotable([failing], again)).toBe(true);
  expect(isNotable([failingAgain], failing)).toBe(false);
  expect(isNotable([again], failing)).toBe(true);
});

test("evidence that was lost is notable though every verdict is as before", () => {
  const { failing } = checks();
  const held: CheckRecord = { ...failing, soak: { ...failing.soak, outcome: "held" } };
  expect(isNotable([failing], held)).toBe(true);
});

test("another finding of the same verdict is notable", () => {
  const { failing } = checks();
  const [finding] = failing.findings;
  if (finding === undefined) throw new Error("expected a finding");
  expect(isNotable([failing], { ...failing, findings: [...failing.findings, finding] })).toBe(true);
  const elsewhere = failing.findings.map((each) => ({ ...each, surface: "memory" as const }));
  expect(isNotable([failing], { ...failing, findings: elsewhere })).toBe(true);
});

test("the first check, and whatever else happens, is notable", () => {
  const { passing, again } = checks();
  expect(isNotable([passing], null)).toBe(true);
  expect(isNotable([{ type: "clock-jumped", at: again.at, byMs: 5_000 }, again], passing)).toBe(true);
  expect(isNotable([{ type: "session-opened", at: again.at, repairedBytes: 0 }], passing)).toBe(true);
});

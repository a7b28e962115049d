import { describe, expect, it } from "vitest";
import { rolloutCommandSchema } from "#contract/rollout/command";
import { actionWords } from "../../../renderer/src/features/rollout/actions/action-words";
import { commandOf, type Asked } from "../../../renderer/src/features/rollout/actions/command-of";
import { splitInstruction } from "../../../renderer/src/features/rollout/split-instruction";

const decidedOn = { rolloutId: "20261121T034200Z-1f3a", revision: 12 };

describe("a command from the rollout's page", () => {
  it.each<Asked>([
    { action: "pause" },
    { action: "resume" },
    { action: "promote" },
    { action: "abort" },
    { action: "rollback" },
    { action: "retry-hook" },
    { action: "rebaseline", surface: "memory" },
  ])("to $action carries the revision it was decided on, and is what the contract takes", (asked) => {
    const command = commandOf(asked, decidedOn, "because", null);
    expect(command).toMatchObject({ command: asked.action, revision: 12, reason: "because" });
    expect(rolloutCommandSchema.parse(command)).toEqual(command);
  });

  it("sends the reason against a freeze window with a promotion only", () => {
    expect(commandOf({ action: "promote" }, decidedOn, "because", "an incident")).toMatchObject({
      freezeOverrideReason: "an incident",
    });
    expect(commandOf({ action: "abort" }, decidedOn, "because", "an incident")).not.toHaveProperty(
      "freezeOverrideReason",
    );
  });
});

describe("keys of the rollout's page", () => {
  it("need Shift for what promotes or ends a rollout, and are none of the window's own", () => {
    for (const action of ["promote", "abort", "rollback"] as const)
      expect(actionWords[action].key).toMatch(/^[A-Z]$/);
    const keys = Object.values(actionWords).map(({ key }) => key);
    expect(keys.filter((key) => /^[1-5g?[\]jk]$/.test(key))).toEqual([]);
    // Pause and Resume share a key as they share a place.
    const used = keys.filter((key) => key !== "" && key !== actionWords.pause.key);
    expect(new Set(used).size).toBe(used.length);
  });
});

describe("a step of the rollback", () => {
  it("is copied without what is said about it", () => {
    expect(splitInstruction("git revert <sha>\n\nBy hand for now.")).toEqual({
      action: "git revert <sha>",
      note: "By hand for now.",
    });
    expect(splitInstruction("a\nb")).toEqual({ action: "a\nb", note: "" });
  });
});

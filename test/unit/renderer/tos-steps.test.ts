import { describe, expect, it } from "vitest";
import { tosLaunchSchema } from "#contract/tos/command";
import { offeredOperations } from "../../../renderer/src/features/tos/header/OperationBar";
import { operationWords } from "../../../renderer/src/features/tos/operation-words";
import { rowIndex } from "../../../renderer/src/features/tos/steps/step-row";
import {
  codeNote,
  finalCodes,
  fullCode,
  outputNote,
  promptNote,
  rawNote,
} from "../../../renderer/src/features/tos/steps/truncation";
import { beginKeySequence, begunKeySequence, endKeySequence } from "../../../renderer/src/state/key-sequence";

describe("what a step log kept", () => {
  it("is said of a prompt with how much is missing", () => {
    expect(promptNote("短い", 2)).toBe("");
    expect(promptNote(`${"合".repeat(300)}...(truncated)`, 1_834)).toBe(
      "The log keeps the first 300 characters of 1,834 characters; 1,534 characters are not there.",
    );
  });

  it("is said of a reply and of output as far as it can be known", () => {
    expect(rawNote("{}")).toBe("");
    expect(rawNote(`${"𠮷".repeat(2_000)}...(truncated)`)).toBe(
      "The log keeps the first 2,000 characters; how many there were is not logged.",
    );
    expect(outputNote("x".repeat(999))).toBe("");
    // Counted as the writer does: 1,000 characters, each of two UTF-16 units.
    expect(outputNote("𠮷".repeat(999))).toBe("");
    expect(outputNote("𠮷".repeat(1_000))).toBe(
      "The log keeps the first 1,000 characters: there may have been more.",
    );
  });

  it("is made whole for a command's code from the final reply", () => {
    const whole = "echo ".repeat(200);
    const codes = finalCodes(JSON.stringify({ final_commands: [{ code: "ls" }, {}, null, { code: whole }] }));
    expect(codes).toEqual(["ls", whole]);
    const logged = `${whole.slice(0, 500)}...`;
    expect(fullCode(logged, codes)).toBe(whole);
    expect(codeNote(logged, whole)).toBe(
      "The log keeps the first 500 characters of 1,000 characters; the final reply has all of it.",
    );
    expect([fullCode("ls", codes), codeNote("ls", "ls")]).toEqual(["ls", ""]);
    expect([fullCode(logged, []), codeNote(logged, null)]).toEqual([
      null,
      "The log keeps the first 500 characters.",
    ]);
    // The log of a step that was denied as a whole keeps 200 characters and no mark.
    expect(fullCode(whole.slice(0, 200), codes)).toBe(whole);
    expect(fullCode("y".repeat(200), codes)).toBe("y".repeat(200));
    // A code that itself ends in three dots is not cut.
    expect(codeNote("echo ...", "echo ...")).toBe("");
    expect([finalCodes(null), finalCodes("{NaN}"), finalCodes("[]"), finalCodes("null")]).toEqual([
      [],
      [],
      [],
      [],
    ]);
  });

  it("is found in the list by its file", () => {
    const rows = [{ file: "step_001.json" }, { file: "step_abc.json" }];
    expect(["step_abc.json", "step_009.json", null].map((file) => rowIndex(rows, file))).toEqual([1, -1, -1]);
  });
});

describe("keys of the orchestrator's page", () => {
  it("are r, t, c, b and x, and none of the window's own", () => {
    const keys = Object.fromEntries(
      Object.entries(operationWords).flatMap(([operation, { key }]) =>
        key === "" ? [] : [[key, operation]],
      ),
    );
    expect(keys).toEqual({ r: "run", t: "test", c: "checkpoint", b: "rollback", x: "cancel" });
    expect(Object.keys(keys).filter((key) => /^[1-5g?[\]jk]$/.test(key))).toEqual([]);
  });

  it("stand for operations the host takes", () => {
    const launch = (operation: string): unknown =>
      tosLaunchSchema.safeParse({ operation, name: "n", target: null, previewId: "p", reason: "r" }).error
        ?.issues;
    // `target` and `previewId` are of a rollback only; what is left is that the operation is known.
    expect(JSON.stringify(offeredOperations.map(launch))).not.toContain("invalid_union");
    expect(JSON.stringify(launch("cancel"))).toContain("invalid_union");
  });

  it("are second keys of a sequence once, for every listener of that key press, and not after a pause", () => {
    beginKeySequence("g", 1_000);
    expect(begunKeySequence(1_000)).toBeNull();
    expect(begunKeySequence(1_500)).toBe("g");
    endKeySequence(1_500);
    expect(begunKeySequence(1_500)).toBe("g");
    expect(begunKeySequence(1_600)).toBeNull();
    beginKeySequence("g", 2_000);
    expect(begunKeySequence(3_300)).toBeNull();
  });
});

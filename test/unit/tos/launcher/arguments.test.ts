import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tosLaunchSchema } from "#contract/tos/command";
import { governanceRuleIds } from "#contract/tos/vocabulary";
import { parseLauncherArguments } from "#domain/tos/launcher/arguments";
import { commandLineOf, summaryFile } from "#domain/tos/launcher/command-line";

const nothing = {
  root: null,
  clean: false,
  summaryFile: "",
  checkpointName: "",
  targetCommit: "",
  runId: null,
  from: "command line",
  reason: "",
  acknowledgements: [],
  previewId: null,
};

describe("the launcher's parameters", () => {
  test.each([
    [["-Mode", "run"], { mode: "run", modeText: "run" }],
    [["-mode", "RUN"], { mode: "run", modeText: "RUN" }],
    [["-MODE:CleanRun"], { mode: "cleanrun", modeText: "CleanRun" }],
    [["-m", "test", "-cl"], { mode: "test", modeText: "test", clean: true }],
    [["-Mode", "test", "-Clean:$false"], { mode: "test", modeText: "test" }],
    [["/p", "-Mode", "run", "-Clean:true"], { mode: "run", modeText: "run", root: "/p", clean: true }],
    [
      ["-Mode", "run", "-Root", "/p q", "-SummaryFile", "logs\\s.json"],
      { mode: "run", modeText: "run", root: "/p q", summaryFile: "logs\\s.json" },
    ],
    [
      ["-Mode", "checkpoint", "-CheckpointName", "前 a:b"],
      { mode: "checkpoint", modeText: "checkpoint", checkpointName: "前 a:b" },
    ],
    [
      ["-Mode", "checkpoint", "-CheckpointName:-n: x"],
      { mode: "checkpoint", modeText: "checkpoint", checkpointName: "-n: x" },
    ],
    [
      ["-Mode", "rollback", "-TargetCommit", "abc1234"],
      { mode: "rollback", modeText: "rollback", targetCommit: "abc1234" },
    ],
    [
      ["-Mode", "run", "--reason", "why = so", "--from=window", "--run-id", "20261121T045200Z-1f3a"],
      { mode: "run", modeText: "run", reason: "why = so", from: "window", runId: "20261121T045200Z-1f3a" },
    ],
    [
      ["-Mode", "run", "--acknowledge", "g41=looked = fine", "--acknowledge=G05=later"],
      {
        mode: "run",
        modeText: "run",
        acknowledgements: [
          { rule: "G41", reason: "looked = fine" },
          { rule: "G05", reason: "later" },
        ],
      },
    ],
  ] as const)("%j", (argv, expected) => {
    expect(parseLauncherArguments(argv)).toEqual({ ...nothing, ...expected });
  });

  test.each([[], ["run"], ["-Mode", "foo"], ["-Mode", ""], ["-Root", "/p"], ["-Mode", "undo"]])(
    "without a mode there is, the usage is shown: %j",
    (...argv) => {
      expect(parseLauncherArguments(argv)).toBeNull();
    },
  );

  test.each([
    [["-Mode"], "the parameter -Mode needs a value"],
    [["-Mode", "-Clean"], "the parameter -Mode needs a value"],
    [["-Mode", "run", "-c"], "-c may stand for -Clean or -CheckpointName"],
    [["-Mode", "run", "-Fast"], "there is no parameter -Fast; expected one of -Root, -Mode, "],
    [["-Mode", "run", "-Mode", "test"], "the parameter -Mode is given more than once"],
    [["-Mode", "run", "-Clean:maybe"], 'the switch -Clean takes $true or $false, found "maybe"'],
    [["/a", "/b", "-Mode", "run"], 'unexpected argument "/b": -Root is given already'],
    [["-Mode", "run", "-Root", ""], "the parameter -Root is empty"],
    [["-Mode", "run", "--fast"], "there is no option --fast; expected one of --run-id, "],
    [["-Mode", "run", "--reason"], "the option --reason needs a value"],
    [["-Mode", "run", "--reason", "a", "--reason", "b"], "the option --reason is given more than once"],
    [["-Mode", "run", "--run-id", "../x"], "expected an identifier like 20261121T045200Z-1f3a"],
    [["-Mode", "run", "--from", "moon"], '--from "moon": expected window or command line'],
    [["-Mode", "run", "--acknowledge", "G41"], '--acknowledge "G41": expected a reason'],
    [["-Mode", "run", "--acknowledge", "G99=x"], `--acknowledge "G99=x": expected a rule's number`],
  ])("%j cannot be bound", (argv, message) => {
    expect(() => parseLauncherArguments(argv)).toThrow(message);
  });
});

describe("the command line of what a window asked for", () => {
  const text = fc
    .string({ minLength: 1, maxLength: 40, unit: "grapheme" })
    .filter((each) => each.trim() !== "");
  const reason = fc.oneof(text, fc.constantFrom("-Mode", "--from=moon", "=", "a:b", '"', "$(x)"));
  const acknowledgements = fc.array(fc.record({ rule: fc.constantFrom(...governanceRuleIds), reason }), {
    maxLength: 3,
  });
  const begun = { root: "/pro ject", runId: "20261121T045200Z-1f3a" };

  test("says it in full, whatever an operator typed", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("run", "test", "cleanrun", "checkpoint", "rollback"),
        fc.boolean(),
        text,
        reason,
        acknowledgements,
        (operation, clean, value, why, acknowledged) => {
          const asked = tosLaunchSchema.safeParse({
            operation,
            reason: why,
            acknowledgements: acknowledged,
            ...(operation === "checkpoint" && { name: value }),
            ...(operation === "rollback" && { target: value, previewId: value }),
            ...((operation === "run" || operation === "test") && { clean }),
          });
          fc.pre(asked.success);
          const launch = asked.data;
          const [command, ...argv] = commandLineOf(launch, begun);
          expect(command).toBe("tos");
          expect(parseLauncherArguments(argv)).toEqual({
            ...nothing,
            mode: operation,
            modeText: operation,
            root: begun.root,
            runId: begun.runId,
            from: "window",
            reason: launch.reason,
            acknowledgements: launch.acknowledgements,
            clean: "clean" in launch ? launch.clean : false,
            checkpointName: "name" in launch ? launch.name : "",
            targetCommit: launch.operation === "rollback" ? (launch.target ?? "") : "",
            previewId: launch.operation === "rollback" ? launch.previewId : null,
            summaryFile,
          });
        },
      ),
    );
  });
});

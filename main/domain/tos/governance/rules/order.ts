import type { GovernanceFinding } from "#contract/tos/governance";
import type { TosRunView } from "#contract/tos/progress";
import type { RepositoryView } from "#contract/tos/repository";
import { numberOf, objectOf, textOf } from "../../view/foreign";
import { checkpointStanding } from "../checkpoint-standing";
import { finding, keptUnless, type ProjectFacts, recordOf, type Verdict } from "../finding";
import { lastTest, wasRefused } from "../last-test";

/** In which order things may be done (spec/tos/governance.md §5). */
export function orderRules(facts: ProjectFacts): GovernanceFinding[] {
  const standing = checkpointStanding(facts.repository);
  return [
    finding("G40", cleanrunFirst(facts)),
    finding("G41", testPassed(facts)),
    finding("G42", notInTheMiddle(facts)),
    finding("G43", alone(facts)),
    finding("G44", keptUnless(standing.missing)),
    finding("G46", rollbackPossible(facts)),
  ];
}

/** Whether a run began from a cleaned state: a cleanrun, `-Clean`, or the automatic test after a rollback. */
function hasCleaned(run: TosRunView): boolean {
  if (wasRefused(run)) return false;
  if (run.clean || run.operation === "cleanrun") return true;
  return run.operation === "rollback" && run.state === "ended" && run.exitCode === 0;
}

function cleanrunFirst({ reading, runs }: ProjectFacts): Verdict {
  if (reading.phaseState.state === "missing" && reading.steps.length === 0)
    return keptUnless([
      "the project is in its clean state (no phase_state.json, no step logs): a cleanrun comes before the first run",
    ]);
  if (runs.some(hasCleaned)) return { status: "kept", details: [] };
  return keptUnless(["expected a cleanrun on record since the last clean state, found none"]);
}

function testPassed({ runs }: ProjectFacts): Verdict {
  const test = lastTest(runs);
  if (test === null) return { status: "kept", details: ["no test is on record"] };
  return test.passed
    ? { status: "kept", details: [test.text] }
    : keptUnless([`${test.text}; run test again, or roll back`], recordOf(test.run.path, test.text));
}

function notInTheMiddle({ reading }: ProjectFacts): Verdict {
  const { phaseState } = reading;
  const state = objectOf(phaseState.value);
  const index = numberOf(state?.get("job_index"));
  const phase = textOf(state?.get("current_phase"));
  if (index === null || index <= 1 || phase === "job_loop_complete") return { status: "kept", details: [] };
  const text = `${phaseState.path}: job_index is ${index} and phase is ${phase ?? "not given"}: a cleanrun would begin again at job 1, and the progress would be lost`;
  return keptUnless(
    [text],
    recordOf(phaseState.path, `"job_index": ${index}, "current_phase": "${phase ?? ""}"`),
  );
}

function alone({ runs }: ProjectFacts): Verdict {
  const running = runs.filter(({ state }) => state === "running" || state === "cancelling");
  const [first] = running;
  return keptUnless(
    running.map(({ operation, runId, operator }) => `${operation} ${runId} of ${operator} is under way`),
    first === undefined ? null : recordOf(first.path, `${first.operation} ${first.runId}`),
  );
}

/** Without a last checkpoint the rule is kept as well: then a rollback goes to a commit that is named, or nowhere. */
function rollbackPossible({ repository }: ProjectFacts): Verdict {
  const hindrances = rollbackHindrances(repository);
  return hindrances.length === 0
    ? { status: "kept", details: missingTarget(repository, null) }
    : keptUnless(hindrances);
}

/** Why a rollback is refused whatever its target is (spec/tos/launcher.md §7, step 1), one line each. */
export function rollbackHindrances({ state, problem, changeCount }: RepositoryView): string[] {
  return [
    ...(state === "ready" ? [] : [problem || "expected a git repository with a commit"]),
    ...(changeCount === 0
      ? []
      : [
          `working tree is dirty, commit or stash changes first (${changeCount} changed: look at the difference, then stash or discard it)`,
        ]),
  ];
}

/** Why a rollback has no target (spec/tos/launcher.md §7, step 2); `target` null: the last checkpoint. */
export function missingTarget({ lastCheckpoint }: RepositoryView, target: string | null): string[] {
  if (target !== null) return [];
  if (lastCheckpoint === null)
    return [
      "expected a target commit or logs/last_checkpoint.txt, found neither: name the commit to go back to",
    ];
  if (lastCheckpoint.resolves) return [];
  return [`${lastCheckpoint.path}: expected a commit of this repository, found none of that name`];
}

import type { Reaction } from "#contract/tos/governance";
import { type ProjectFacts, recordOf } from "../finding";
import { lastTest } from "../last-test";
import type { StepLogReading } from "../project-reading";
import { classificationSource } from "./stop-at-once";

/** What the last step, the last test and the last run say besides the phase (spec/tos/governance.md §6). */
export function endings(facts: ProjectFacts): Reaction[] {
  return [...halted(facts.reading.steps), ...tested(facts), ...vanished(facts), ...recovered(facts)];
}

function halted(steps: readonly StepLogReading[]): Reaction[] {
  const stopped = steps.filter(({ row }) => row.stopped);
  const last = stopped.at(-1);
  if (last === undefined) return [];
  const earlier = last !== steps.at(-1);
  return [
    {
      gravity: "attention",
      title: earlier ? "An earlier step was halted" : "Halted",
      guidance: `${last.row.file} has stopped=true (${last.row.phase}): ${last.row.reason}. Look at the cause first. Test fails as long as this log is there; a cleanrun removes it.`,
      source: classificationSource,
      level: null,
      record: recordOf(last.path, `stopped=true phase=${last.row.phase}: ${last.row.reason}`),
    },
  ];
}

function tested({ runs }: ProjectFacts): Reaction[] {
  const test = lastTest(runs);
  if (test === null) return [];
  const record = recordOf(test.run.path, test.text);
  return test.passed
    ? [
        {
          gravity: "normal",
          title: "Test passed",
          guidance: "Continue.",
          source: classificationSource,
          level: null,
          record,
        },
      ]
    : [
        {
          gravity: "attention",
          title: "Test did not pass",
          guidance: `${test.text}. Do not run; find the cause, then roll back or mend it and test again.`,
          source: "spec/tos/governance.md §6, rollback at once",
          level: 2,
          record,
        },
      ];
}

function vanished({ runs }: ProjectFacts): Reaction[] {
  const [last] = runs;
  if (last?.state !== "vanished") return [];
  return [
    {
      gravity: "attention",
      title: `The last ${last.operation} vanished`,
      guidance:
        "Its process is gone and never said that it ended. What it had written is whole; look at its last lines.",
      source: "spec/tos/governance.md §8, incident",
      level: 2,
      record: recordOf(last.path, `${last.operation} ${last.runId}`),
    },
  ];
}

function recovered({ repository }: ProjectFacts): Reaction[] {
  if (repository.interrupted === null) return [];
  return [
    {
      gravity: "stop",
      title: "A rollback was cut off",
      guidance:
        "The working tree may be half of each state. Finish the rollback, or undo it; what it would take away is kept.",
      source: "spec/tos/launcher.md §7",
      level: 2,
      record: null,
    },
  ];
}

import type { Reaction } from "#contract/tos/governance";
import { runPhaseSchema, type RunPhase } from "#contract/tos/vocabulary";
import { numberOf, objectOf, wordsOf } from "../../view/foreign";
import { type ProjectFacts, recordOf } from "../finding";
import { classificationSource, stopSource } from "./stop-at-once";

/** Reasons of a denial that name the rule it rests on (spec/tos/orchestrator.md §8). */
const knownDenial =
  /deny_if_contains '|execution_policy\.default_action=deny|は許可されていない|禁止パターン '/;

type Reading = Omit<Reaction, "record" | "source">;

/** How the phase of `phase_state.json` is to be read. Nothing when there is none, or it cannot be read. */
export function phaseReaction({ reading, runs }: ProjectFacts): Reaction[] {
  const { phaseState, phaseSummary } = reading;
  const state = objectOf(phaseState.value);
  if (state === null || state.size === 0) return [];
  const phase = wordsOf(state.get("current_phase"));
  const reason = wordsOf(state.get("last_done_reason"));
  const record = recordOf(
    phaseState.path,
    `current_phase=${phase} current_step=${wordsOf(state.get("current_step"))} last_done_reason=${reason}`,
  );
  const known = runPhaseSchema.safeParse(phase);
  if (!known.success)
    return [
      {
        gravity: "stop",
        title: `Unexpected phase: ${phase === "" ? "none given" : phase}`,
        guidance:
          "No run writes this phase. Stop, keep the logs, and find out what wrote the file; then decide on a rollback.",
        source: stopSource,
        level: 2,
        record,
      },
    ];
  const running = runs.some((run) => run.state === "running" || run.state === "cancelling");
  const cancelled = wordsOf(objectOf(phaseSummary.value)?.get("end_reason")).startsWith("cancelled");
  const source =
    known.data === "max_steps_reached"
      ? "the console's own reading: no document covers it"
      : classificationSource;
  const step = numberOf(state.get("current_step"));
  return readingsOf(known.data, { reason, running, cancelled, step }).map((read) => ({
    ...read,
    source,
    record,
  }));
}

interface Circumstances {
  readonly reason: string;
  readonly running: boolean;
  readonly cancelled: boolean;
  readonly step: number | null;
}

function readingsOf(phase: RunPhase, { reason, running, cancelled, step }: Circumstances): Reading[] {
  switch (phase) {
    case "done":
      return [{ gravity: "normal", title: "Done: the goal is reached", guidance: "Continue.", level: null }];
    case "job_loop_complete":
      return [
        {
          gravity: "normal",
          title: "Job loop complete",
          guidance: "A person reviews job_result.json.",
          level: null,
        },
      ];
    case "deny":
      return [
        {
          gravity: "attention",
          title: "Denied: configuration or prompt",
          guidance: `Recoverable. Look at the deny lists (${reason}); do not retry unchanged; fix the configuration or the prompt, or roll back and cleanrun.`,
          level: knownDenial.test(reason) ? 1 : 2,
        },
      ];
    case "fatal_error":
      return [
        {
          gravity: "stop",
          title: "Fatal error: API or system",
          guidance: `Check keys, network and logs (${reason}). It may need manual work; a passing network error is cured by running again.`,
          level: 3,
        },
      ];
    case "max_steps_reached":
      return [
        {
          gravity: "attention",
          title: "Ended without goal",
          guidance: `${reason}. No error for the launcher. Look at the last steps; raise max_steps or cleanrun to go on.`,
          level: null,
        },
      ];
    case "execute":
      return running ? [] : [cutOff(cancelled, step)];
  }
}

function cutOff(cancelled: boolean, step: number | null): Reading {
  const next = step === null ? "The next run goes on from there." : `The next run goes on at step ${step}.`;
  return cancelled
    ? { gravity: "attention", title: "Cancelled between two steps", guidance: next, level: null }
    : {
        gravity: "attention",
        title: "A run was cut off between two steps",
        guidance: `It never said how it ended: find out why. ${next}`,
        level: 2,
      };
}

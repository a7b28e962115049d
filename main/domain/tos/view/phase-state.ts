import type { PhaseStateView } from "#contract/tos/view";
import type { JsonFile } from "../governance/project-reading";
import { wrongKind } from "./document-problem";
import { numberOf, objectOf, textOf, truthOf, wordsOf } from "./foreign";

/** `phase_state.json` as a window shows it (spec/tos/orchestrator.md §11); null when there is none. Takes any content. */
export function phaseStateView(file: JsonFile): PhaseStateView | null {
  if (file.state === "missing") return null;
  const state = objectOf(file.value);
  return {
    path: file.path,
    modifiedUnixMs: file.modifiedUnixMs,
    problem: file.problem || wrongKind(file),
    currentPhase: wordsOf(state?.get("current_phase")),
    previousPhase: wordsOf(state?.get("previous_phase")) || null,
    currentStep: numberOf(state?.get("current_step")),
    lastDone: truthOf(state?.get("last_done")),
    lastDoneReason: wordsOf(state?.get("last_done_reason")) || null,
    nextInstructionId: textOf(state?.get("next_instruction_id")),
    jobIndex: numberOf(state?.get("job_index")),
  };
}

import type { ModelRole } from "#contract/tos/vocabulary";

/** One prompt for one role of one step. */
export interface ModelQuestion {
  readonly step: number;
  readonly role: ModelRole;
  readonly model: string;
  readonly prompt: string;
}

/**
 * What came of asking (spec/tos/orchestrator.md §6, "Retries"). `text`: an answer. `nothing`: the model answered without
 * content, and asking again is no use. `failed`: may be asked again. `unusable`: an answer that is none; ends the run.
 */
export type ModelAnswer =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "nothing" }
  | { readonly kind: "failed"; readonly detail: string }
  | { readonly kind: "unusable"; readonly url: string; readonly detail: string };

/** One way of asking models. */
export interface Models {
  /** Who answers a role: `OpenAI`, `Anthropic` or `scripted`. */
  provider(role: ModelRole): string;
  /** Never rejects. An aborted signal ends the waiting; the answer is then `failed`. */
  ask(question: ModelQuestion, signal: AbortSignal): Promise<ModelAnswer>;
}

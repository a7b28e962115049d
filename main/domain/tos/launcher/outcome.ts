import type { Json } from "../../json";

/** What a file of the project says; `problem` names the file and what is wrong with it. */
export type ProjectDocument =
  { readonly kind: "value"; readonly value: Json } | { readonly kind: "broken"; readonly problem: string };

/** What stands in a project after a run, in the launcher's fixed places (launcher.md §3). */
export interface ProjectOutcome {
  /** Null when there is no such file; the same holds for the next. */
  readonly phaseState: ProjectDocument | null;
  readonly phaseSummary: ProjectDocument | null;
  /** In order of their names. */
  readonly steps: readonly { readonly file: string; readonly document: ProjectDocument }[];
  readonly jobResult: { readonly path: string; readonly exists: boolean };
  /** Bytes of the job's input; null when there is none. */
  readonly jobInputBytes: number | null;
}

/** What ends the launcher without further lines, as an unexpected error ends a script of PowerShell: exit code 1. */
export class ScriptError extends Error {
  override readonly name = "ScriptError";
}

/** The value of a document. Throws a `ScriptError` when it has none. */
export function valueOf(document: ProjectDocument): Json {
  if (document.kind === "broken") throw new ScriptError(document.problem);
  return document.value;
}

import type { StepRow } from "#contract/tos/view";

/** The row's number as the file has it; `step_abc.json` has none. */
export function stepName(row: Pick<StepRow, "file" | "step">): string {
  return row.step === null ? row.file : String(row.step);
}

/** The index of the row to show beside the list; -1 for none. */
export function rowIndex(rows: readonly Pick<StepRow, "file">[], file: string | null): number {
  return file === null ? -1 : rows.findIndex((row) => row.file === file);
}

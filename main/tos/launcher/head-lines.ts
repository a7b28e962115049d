/** What the launcher prints before anything else (launcher.md §1). */
export function headLines(root: string, modeText: string): string[] {
  return ["TOS cc_run start", `Root ${root}`, `Mode ${modeText}`];
}

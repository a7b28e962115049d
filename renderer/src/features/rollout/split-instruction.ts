/** The part of a runbook's instruction that is to be carried out (and copied), and what is said about it after a blank line. */
export function splitInstruction(instruction: string): { readonly action: string; readonly note: string } {
  const end = instruction.indexOf("\n\n");
  if (end === -1) return { action: instruction, note: "" };
  return { action: instruction.slice(0, end), note: instruction.slice(end).trim() };
}

import { formatCounted } from "../../../format/number";

// What a step log keeps of a text is fixed (spec/tos/orchestrator.md §8 and §12), and counted in code points.

/** What the writer puts behind a prompt or a reply that it cut. */
const logMark = "...(truncated)";

/** Characters the log keeps of a command's standard output or error; it leaves no mark. */
const keptOutput = 1_000;

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Says that a prompt was cut, and by how much: its log names the full length. */
export function promptNote(text: string, fullLength: number): string {
  if (!text.endsWith(logMark)) return "";
  const kept = codePoints(text) - logMark.length;
  return `The log keeps the first ${formatCounted(kept, "character")} of ${formatCounted(fullLength, "character")}; ${formatCounted(Math.max(0, fullLength - kept), "character")} are not there.`;
}

/** Says that a reply as it was sent was cut; by how much is not logged. */
export function rawNote(text: string): string {
  if (!text.endsWith(logMark)) return "";
  return `The log keeps the first ${formatCounted(codePoints(text) - logMark.length, "character")}; how many there were is not logged.`;
}

/** Characters of a denied command's code in the log of a step that was denied as a whole; it leaves no mark. */
const keptDeniedCode = 200;

/** The part of a command's code that the log kept; null when it is all of it. */
function keptPart(code: string): string | null {
  if (code.endsWith("...")) return code.slice(0, -3);
  return codePoints(code) === keptDeniedCode ? code : null;
}

/** Says that a command's code was cut, and by how much when the final reply still has all of it. */
export function codeNote(code: string, full: string | null): string {
  if (full === code) return "";
  const kept = formatCounted(codePoints(keptPart(code) ?? code), "character");
  if (full === null) return `The log keeps the first ${kept}.`;
  return `The log keeps the first ${kept} of ${formatCounted(codePoints(full), "character")}; the final reply has all of it.`;
}

/** Says that output was probably cut: the log keeps so many characters and leaves no mark. */
export function outputNote(text: string): string {
  if (codePoints(text) < keptOutput) return "";
  return `The log keeps the first ${formatCounted(keptOutput, "character")}: there may have been more.`;
}

/** The codes of a final reply's commands; none when it is no JSON that a browser reads (it may hold `NaN`). */
export function finalCodes(finalReply: string | null): readonly string[] {
  if (finalReply === null) return [];
  try {
    const value: unknown = JSON.parse(finalReply);
    const commands = (value as { final_commands?: unknown } | null)?.final_commands;
    if (!Array.isArray(commands)) return [];
    return commands.flatMap((command: unknown) => {
      const code = (command as { code?: unknown } | null)?.code;
      return typeof code === "string" ? [code] : [];
    });
  } catch {
    return [];
  }
}

/** The whole of a command's code, found among the final reply's by how it begins; null when it is not there. */
export function fullCode(code: string, codes: readonly string[]): string | null {
  const kept = keptPart(code);
  if (kept === null || codes.includes(code)) return code;
  const found = codes.find((known) => known.startsWith(kept));
  // Without a mark it may as well be all of it.
  return found ?? (code.endsWith("...") ? null : code);
}

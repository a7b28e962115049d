/**
 * The commit that `logs/last_checkpoint.txt` names: its first line without byte order mark and white space
 * (spec/tos/launcher.md §7; checks.md row 133). Empty when the file names none.
 */
export function parseLastCheckpoint(text: string): string {
  return (text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/, 1)[0] ?? "").trim();
}

/** The file as the reference writes it: UTF-8 with byte order mark, CRLF (spec/tos/launcher.md §6). */
export function printLastCheckpoint(hash: string): string {
  return `\uFEFF${hash}\r\n`;
}

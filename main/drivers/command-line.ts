/** One word, quoted for a POSIX shell when it needs to be. */
function quote(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A command as it can be pasted into a POSIX shell, whatever its directory. */
export function quoteCommandLine(program: string, args: readonly string[], directory?: string): string {
  const command = [program, ...args].map(quote).join(" ");
  return directory === undefined ? command : `cd ${quote(directory)} && ${command}`;
}

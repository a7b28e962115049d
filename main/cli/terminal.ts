/** Where a command writes. One call is one line (or one block of lines); the newline is added. */
export interface Terminal {
  out(text: string): void;
  error(text: string): void;
}

/** What a command is given besides its arguments. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * The process's own streams. A reader that goes away (`… | head -1`) ends the program quietly: what a command
 * writes to disk is already written when it prints.
 */
export function processTerminal(host: NodeJS.Process): Terminal {
  for (const stream of [host.stdout, host.stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      host.exit();
    });
  return {
    out: (text) => void host.stdout.write(`${text}\n`),
    error: (text) => void host.stderr.write(`${text}\n`),
  };
}

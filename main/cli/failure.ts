/** The command line itself is wrong: nothing was read or written, the process exits with 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/**
 * One line for a failure and what caused it, outermost first: `Error: <message>: <cause>: <cause>`
 * (spec/tau/surfaces.md §0: failures print `Error: ` and the chain on stderr).
 */
export function renderFailure(failure: unknown): string {
  const messages: string[] = [];
  for (let current = failure; current !== undefined && current !== null && messages.length < 16; ) {
    messages.push(current instanceof Error ? current.message : String(current));
    current = current instanceof Error ? current.cause : undefined;
  }
  return `Error: ${messages.filter((message) => message !== "").join(": ")}`;
}

/** The command line itself is wrong: nothing was read or written, the process exits with 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

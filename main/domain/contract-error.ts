/** What stops a runner or an inspection: a message, and the reasons beneath it (spec/tau/surfaces.md §0: exit 1). */
export class ContractError extends Error {
  override name = "ContractError";
}

/** Messages from the outermost error to its root cause. */
export function errorChain(error: unknown): string[] {
  const messages: string[] = [];
  for (let current: unknown = error; current !== undefined && current !== null;) {
    messages.push(current instanceof Error ? current.message : JSON.stringify(current));
    current = current instanceof Error ? current.cause : undefined;
  }
  return messages;
}

/** The chain on one line, as it follows `Error: ` on standard error. */
export function describeError(error: unknown): string {
  return errorChain(error).join(": ");
}

/** Runs `work`; what it throws comes out as the cause of a `ContractError` with this message. */
export function withContext<Result>(message: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw new ContractError(message, { cause: error });
  }
}

/** A git command, or what stands around it, failed. The working tree is as it was unless `plain` says otherwise. */
export class GitFailure extends Error {
  override readonly name = "GitFailure";
  /** The command as a person would type it. */
  readonly command: string;
  /** Null when it did not run or did not end by itself. */
  readonly exitCode: number | null;
  readonly stderr: string;
  /** One sentence an operator can act on. */
  readonly plain: string;

  constructor(failure: { command: string; exitCode: number | null; stderr: string; plain: string }) {
    super(failure.plain);
    this.command = failure.command;
    this.exitCode = failure.exitCode;
    this.stderr = failure.stderr;
    this.plain = failure.plain;
  }
}

/** A refusal of our own, before git was asked to change anything. */
export function refusal(command: string, plain: string): GitFailure {
  return new GitFailure({ command, exitCode: null, stderr: "", plain });
}

/** For `catch`: a system's error, such as that of a full disk, as the failure of an operation. */
export function asFailure(operation: string): (error: unknown) => never {
  return (error) => {
    throw error instanceof GitFailure
      ? error
      : refusal(operation, `The ${operation} failed: ${(error as Error).message}.`);
  };
}

import { parseArgs } from "node:util";
import { UsageError } from "../cli/failure";

export interface ServeArguments {
  readonly workspace: string;
  /** 0 for any free port. */
  readonly port: number;
}

/** Reads the arguments of `gatehouse serve`. Throws a `UsageError` that names the flag and what was expected. */
export function parseServeArguments(argv: readonly string[]): ServeArguments {
  let values: { workspace?: string | undefined; port?: string | undefined };
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: { workspace: { type: "string" }, port: { type: "string" } },
    }));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const { workspace, port = "0" } = values;
  if (workspace === undefined || workspace === "")
    throw new UsageError("serve needs --workspace DIR, the checkout to open.");
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new UsageError(`--port ${port}: expected a number from 0 (any free port) to 65535.`);
  return { workspace, port: Number(port) };
}

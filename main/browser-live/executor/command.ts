import { describeIssues } from "#contract/envelope";
import { ContractError } from "#domain/contract-error";
import { executorRequestSchema, type ExecutorRequest } from "#domain/browser-live/executor-request";
import { UsageError } from "../../cli/failure";
import { systemClock } from "../../system/clock";
import { endSession, startSession } from "./session";
import { sessionFilePath } from "./session-file";
import { executorUsage } from "./usage";

/**
 * One call of the executor protocol (spec/tau/live-run.md §4). Prints one line of JSON and resolves with 0; rejects when
 * the browser cannot be started, reached or ended.
 */
export async function runExecutorCommand(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const [operation, payload, ...rest] = argv;
  const path = sessionFilePath(environment);
  if (operation === "start-session" && payload === undefined) {
    const { port } = await startSession(path, environment);
    await print({ status: "ok", port });
    return 0;
  }
  if (operation === "shutdown-session" && payload === undefined) {
    await print({ status: "ok", ended_processes: await endSession(path) });
    return 0;
  }
  if (operation === "execute-action" && payload !== undefined && rest.length === 0) {
    const { executeAction } = await import("./execute-action");
    await print(await executeAction(path, parseRequest(payload), systemClock));
    // A page that no longer answers can hold the connection open; the answer is out, so nothing is lost by leaving.
    setTimeout(() => process.exit(0), 1_000).unref();
    return 0;
  }
  throw new UsageError(`expected: ${executorUsage}`);
}

function parseRequest(payload: string): ExecutorRequest {
  let value: unknown;
  try {
    value = JSON.parse(payload);
  } catch (error) {
    throw new ContractError("the request of execute-action is not JSON", { cause: error });
  }
  const parsed = executorRequestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ContractError(
    `the request of execute-action is invalid: ${describeIssues(parsed.error).join("; ")}`,
  );
}

/** Writes one line of JSON. Half a surrogate pair, which a page may hold and JSON readers refuse, becomes U+FFFD. */
async function print(value: unknown): Promise<void> {
  const text = JSON.stringify(value, (_key, member: unknown) =>
    typeof member === "string" ? member.replace(/\p{Surrogate}/gu, "\uFFFD") : member,
  );
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(`${text}\n`, (error) => (error ? reject(error) : resolve()));
  });
}

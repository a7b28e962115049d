import type { Clock } from "#domain/clock";
import { describeError } from "#domain/contract-error";
import { requireLiveResult, liveActionRequest } from "#domain/browser-live/live-case";
import { applyLivePolicy } from "#domain/browser-live/policy";
import type { AnsweredCase } from "#domain/browser-live/summary";
import type { BrowserCase } from "#domain/surfaces/browser-automation/contract";
import type { BrowserPolicy } from "#domain/surfaces/browser-automation/evaluate";
import type { ExecutorClient } from "./executor-client";

/**
 * Plays the cases in file order: no sorting, no queue, no duplicates, no retries (spec/tau/live-run.md §4). Rejects at
 * the first case that does not end as its fixture says, and when the session cannot be started or ended; nothing has
 * been written then, and the session has been shut down.
 */
export async function playLiveCases(
  cases: readonly BrowserCase[],
  policy: BrowserPolicy,
  executor: ExecutorClient,
  ports: { readonly clock: Clock; warn(message: string): void },
): Promise<readonly AnsweredCase[]> {
  const answered: AnsweredCase[] = [];
  try {
    for (const item of cases) {
      const result =
        applyLivePolicy(item, policy) ?? (await executor.execute(liveActionRequest(item), item.timeoutMs));
      requireLiveResult(item, result);
      answered.push({ item, result, answeredUnixMs: ports.clock.nowUnixMs() });
    }
  } catch (error) {
    // The first error is the one that ends the run; a browser that is left behind is ended by the next start.
    await executor.shutdown().catch((failure: unknown) => ports.warn(describeError(failure)));
    throw error;
  }
  await executor.shutdown();
  return answered;
}

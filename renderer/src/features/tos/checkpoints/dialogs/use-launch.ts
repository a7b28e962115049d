import { useRef, useState } from "react";
import type { BridgeError } from "#contract/envelope";
import type { RequestInput } from "#contract/requests";
import { hostClient } from "../../../../state/console-store";
import { asBridgeError } from "../../../../state/use-request";

export type Launch = RequestInput<"tos.launch">["launch"];

/** An operation that is being begun, and what became of asking. */
export interface Launching {
  readonly sending: boolean;
  readonly error: BridgeError | null;
  /** Sends once, however often it is called before the answer. */
  readonly launch: (launch: Launch) => void;
  /** Takes the refusal off the screen, once what caused it was looked at. */
  readonly forgetError: () => void;
}

/**
 * Begins an operation. `onBegun` is called when its process runs, and the page itself says so; when the host refuses,
 * `onRefused` is.
 */
export function useLaunch(onBegun: () => void, onRefused?: (error: BridgeError) => void): Launching {
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<BridgeError | null>(null);
  const underWay = useRef(false);
  const ask = async (launch: Launch): Promise<void> => {
    setSending(true);
    setError(null);
    try {
      await hostClient().request("tos.launch", { launch });
      onBegun();
    } catch (failure) {
      const refusal = asBridgeError(failure);
      setError(refusal);
      onRefused?.(refusal);
    } finally {
      underWay.current = false;
      setSending(false);
    }
  };
  return {
    sending,
    error,
    forgetError: () => setError(null),
    launch: (launch) => {
      if (underWay.current) return;
      underWay.current = true;
      void ask(launch);
    },
  };
}

import { useRef, useState } from "react";
import { BridgeError } from "#contract/envelope";
import { hostClient } from "../../../state/console-store";
import { announceDone, announceFailure } from "../../../ui/notices";
import { actionWords } from "./action-words";

/** Takes a check now and tells what came of it. While one is asked for, asking again does nothing. */
export function useCheck(rolloutId: string): { readonly asking: boolean; readonly check: () => void } {
  const [asking, setAsking] = useState(false);
  const underWay = useRef(false);
  const ask = async (): Promise<void> => {
    try {
      const { message, refusal } = await hostClient().request("rollout.command", {
        command: { command: "check", rolloutId },
      });
      if (refusal === null) announceDone(actionWords.check.done, message);
      else
        announceFailure("No check was taken", new BridgeError("conflict", refusal.message, refusal.details));
    } catch (error) {
      announceFailure("No check was taken", error);
    }
  };
  return {
    asking,
    check: () => {
      // The state is drawn later than a second click can come; the reference is set at once.
      if (underWay.current) return;
      underWay.current = true;
      setAsking(true);
      void ask().finally(() => {
        underWay.current = false;
        setAsking(false);
      });
    },
  };
}

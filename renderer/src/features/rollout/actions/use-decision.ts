import { useRef, useState } from "react";
import type { BridgeError } from "#contract/envelope";
import type { Refusal } from "#contract/rollout/command";
import type { RolloutView } from "#contract/rollout/view";
import { hostClient } from "../../../state/console-store";
import { asBridgeError } from "../../../state/use-request";
import { announceDone } from "../../../ui/notices";
import { actionWords } from "./action-words";
import { commandOf, type Asked } from "./command-of";

/** A decision that is being made: on which state, and what became of sending it. */
export interface Decision {
  /** State the operator decides on; its revision goes with the command. */
  readonly decidedOn: RolloutView;
  /** The state as it is now, when that is no longer the one decided on; the operator has to look at it first. */
  readonly changed: RolloutView | null;
  readonly sending: boolean;
  readonly refusal: Refusal | null;
  readonly error: BridgeError | null;
  /** Decide on what is shown now. */
  readonly acknowledge: () => void;
  /** Sends once, however often it is called before the answer. */
  readonly send: (reason: string, freezeReason: string | null) => void;
}

/**
 * One decision on one state. `live` is the rollout as the host last described it. A command that is refused because the
 * state changed leaves everything as it was but for the state, which is shown and must be looked at before it is sent
 * again; so a double click can neither send twice nor confirm what nobody has read.
 */
export function useDecision(asked: Asked, live: RolloutView, onDone: () => void): Decision {
  const [decidedOn, setDecidedOn] = useState(live);
  const [answered, setAnswered] = useState<RolloutView | null>(null);
  const [sending, setSending] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [error, setError] = useState<BridgeError | null>(null);
  const underWay = useRef(false);
  // The answer to a refused command may be ahead of what was announced; the higher revision is the later state.
  const newest = answered !== null && answered.revision > live.revision ? answered : live;
  const changed = newest.revision === decidedOn.revision ? null : newest;

  const ask = async (reason: string, freezeReason: string | null): Promise<void> => {
    setSending(true);
    setRefusal(null);
    setError(null);
    try {
      const outcome = await hostClient().request("rollout.command", {
        command: commandOf(asked, decidedOn, reason, freezeReason),
      });
      if (outcome.refusal === null) {
        announceDone(
          outcome.outcome === "unchanged" ? "Nothing to do" : actionWords[asked.action].done,
          outcome.message,
        );
        onDone();
        return;
      }
      setRefusal(outcome.refusal);
      setAnswered(outcome.rollout);
    } catch (failure) {
      setError(asBridgeError(failure));
    } finally {
      underWay.current = false;
      setSending(false);
    }
  };

  return {
    decidedOn,
    changed,
    sending,
    refusal,
    error,
    acknowledge: () => {
      setDecidedOn(newest);
      setRefusal(null);
    },
    send: (reason, freezeReason) => {
      if (underWay.current || changed !== null) return;
      underWay.current = true;
      void ask(reason, freezeReason);
    },
  };
}

import { create } from "zustand";
import type { TosOperation } from "#contract/tos/vocabulary";

/** An operation somebody asked for by button, key or command. Its dialog says what it does; nothing is done before that. */
export interface AskedOperation {
  /** `cancel` ends the run under way. */
  readonly operation: TosOperation | "cancel";
  /** `rollback` only: where to; the last checkpoint when left out. */
  readonly target?: string;
  /** `undo` and `finish` only. */
  readonly recoveryId?: string;
}

/**
 * The dialog that is open, if any. The page mounts the dialog of every operation; each shows itself while one of its
 * operations is asked for, and calls `close` when it is done or put away.
 */
export const useAskedOperation = create<{
  readonly asked: AskedOperation | null;
  readonly ask: (asked: AskedOperation) => void;
  readonly close: () => void;
}>((set) => ({
  asked: null,
  ask: (asked) => set({ asked }),
  close: () => set({ asked: null }),
}));

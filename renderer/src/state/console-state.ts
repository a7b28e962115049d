import type { OutputLine } from "#contract/driver";
import type { StreamMessage } from "#contract/events";
import type { SurfaceId } from "#contract/identity";
import type { TosState } from "#contract/tos/view";
import type { ConsoleSnapshot, RolloutStateView, SurfaceView, WorkspaceView } from "#contract/view";
import type { Notice } from "#contract/rollout/view";
import { withNotice } from "./notice-list";
import { mergeOutput } from "./output-lines";
import { withProgress, type TosProgress } from "./tos-progress";

/** `connecting` until the first snapshot; `disconnected` while no events flow, when every figure holds and greys. */
export type Connection = "connecting" | "connected" | "disconnected";

/** Lines of the latest run of a surface that this window knows of. */
export interface RunOutput {
  readonly runId: string;
  readonly lines: readonly OutputLine[];
}

/** Everything the window knows. The host is the authority: nothing here is decided, only kept. */
export interface ConsoleState {
  readonly connection: Connection;
  /** When this window last heard from the host, on its own clock; null before the first time. */
  readonly disconnectedSinceMs: number | null;
  /** Last applied sequence; events at or below it are never applied. */
  readonly sequence: number;
  /** Host clock minus this window's clock, milliseconds. */
  readonly clockOffsetMs: number;
  readonly version: string;
  readonly workspace: WorkspaceView | null;
  readonly surfaces: Readonly<Partial<Record<SurfaceId, SurfaceView>>>;
  readonly outputs: Readonly<Partial<Record<SurfaceId, RunOutput>>>;
  /** The rollout the host works on; meaningless before the first snapshot. */
  readonly rollout: RolloutStateView;
  /** The project of the task orchestrator; meaningless before the first snapshot. */
  readonly tos: TosState;
  /** What the orchestrator's latest runs reported, as far as this window heard or asked for it. */
  readonly tosProgress: TosProgress;
  /** What the host told operators of since this window was opened, newest first, until dismissed. */
  readonly notices: readonly Notice[];
  /** Why the last snapshot or event could not be used; null when all is well. */
  readonly problem: string | null;
}

export const initialConsoleState: ConsoleState = {
  connection: "connecting",
  disconnectedSinceMs: null,
  sequence: 0,
  clockOffsetMs: 0,
  version: "",
  workspace: null,
  surfaces: {},
  outputs: {},
  rollout: { latest: null },
  tos: { view: null, problem: "" },
  tosProgress: {},
  notices: [],
  problem: null,
};

/** State after a snapshot taken when this window's clock said `receivedMs`. Output lines already here are kept. */
export function withSnapshot(
  state: ConsoleState,
  snapshot: ConsoleSnapshot,
  receivedMs: number,
): ConsoleState {
  return {
    ...state,
    sequence: snapshot.sequence,
    clockOffsetMs: snapshot.nowUnixMs - receivedMs,
    version: snapshot.version,
    workspace: snapshot.workspace,
    surfaces: Object.fromEntries(snapshot.surfaces.map((view) => [view.reading.surface, view])),
    rollout: snapshot.rollout,
    tos: snapshot.tos,
    problem: null,
  };
}

/** What applying messages led to: the new state, and whether a snapshot is needed because some were missed. */
export interface Applied {
  readonly state: ConsoleState;
  readonly missed: boolean;
}

/**
 * Applies stream messages in order. One at or below the state's sequence is dropped; a `reset`, or a sequence that is
 * not the next, stops there and asks for a snapshot (contract, `StreamMessage`).
 */
export function withMessages(state: ConsoleState, messages: readonly StreamMessage[]): Applied {
  let next = state;
  for (const message of messages) {
    if (message.name === "reset") return { state: next, missed: true };
    if (message.sequence <= next.sequence) continue;
    if (message.sequence !== next.sequence + 1) return { state: next, missed: true };
    next = withEvent(next, message);
  }
  return { state: next, missed: false };
}

function withEvent(state: ConsoleState, event: Exclude<StreamMessage, { name: "reset" }>): ConsoleState {
  const { sequence } = event;
  switch (event.name) {
    case "workspace.changed":
      return { ...state, sequence, workspace: event.payload };
    case "surface.changed":
      return {
        ...state,
        sequence,
        surfaces: { ...state.surfaces, [event.payload.reading.surface]: event.payload },
      };
    case "rollout.changed":
      return { ...state, sequence, rollout: event.payload };
    case "notice.raised":
      return { ...state, sequence, notices: withNotice(state.notices, event.payload) };
    case "tos.changed":
      return { ...state, sequence, tos: event.payload };
    case "tos.progressed": {
      const { entries, runId } = event.payload;
      return { ...state, sequence, tosProgress: withProgress(state.tosProgress, runId, entries) };
    }
    case "run.output": {
      const { surface, runId, lines } = event.payload;
      const known = state.outputs[surface];
      const merged = mergeOutput(known?.runId === runId ? known.lines : [], lines);
      return { ...state, sequence, outputs: { ...state.outputs, [surface]: { runId, lines: merged } } };
    }
  }
}

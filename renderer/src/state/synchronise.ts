import type { Client } from "#contract/client";
import type { StreamMessage } from "#contract/events";
import { withMessages, withSnapshot, type ConsoleState } from "./console-state";

/** The part of the store that is needed here, so that a test can pass a plain one. */
export interface StateHolder {
  getState(): ConsoleState;
  setState(state: Partial<ConsoleState>): void;
}

/** What the window's surroundings provide: clocks and a way to wait for the next frame. */
export interface Surroundings {
  nowMs(): number;
  /** Calls back once, at the next frame or after a moment when no frames are drawn (a hidden window). */
  onNextFrame(callback: () => void): void;
  after(milliseconds: number, callback: () => void): () => void;
}

const retryDelaysMs = [250, 500, 1_000, 2_000, 5_000];

/** While no events flow, the host is asked this often, so that the window can say what is wrong in the host's words. */
const probeMs = 2_000;

/**
 * Keeps the store equal to the host: snapshot, then events from its sequence on, applied once per frame. A gap, a
 * `reset` or an event that is not what the contract says leads to a new snapshot; a failing snapshot is retried with
 * growing pauses. Returns the way to stop.
 */
export function synchronise(client: Client, store: StateHolder, surroundings: Surroundings): () => void {
  let stopped = false;
  let attempt = 0;
  let unsubscribe: () => void = () => {};
  let cancelRetry: () => void = () => {};
  let cancelProbe: () => void = () => {};
  let queue: StreamMessage[] = [];
  let flushing = false;

  const restart = (problem: string | null): void => {
    if (stopped) return;
    unsubscribe();
    unsubscribe = () => {};
    cancelProbe();
    queue = [];
    if (problem !== null) store.setState({ problem });
    const delay = retryDelaysMs[Math.min(attempt, retryDelaysMs.length - 1)] ?? 5_000;
    attempt += 1;
    cancelRetry();
    cancelRetry = surroundings.after(attempt === 1 ? 0 : delay, () => void begin());
  };

  const flush = (): void => {
    flushing = false;
    if (stopped || queue.length === 0) return;
    const messages = queue;
    queue = [];
    const { state, missed } = withMessages(store.getState(), messages);
    store.setState(state);
    if (missed) restart(null);
    else attempt = 0;
  };

  const begin = async (): Promise<void> => {
    try {
      const snapshot = await client.request("console.snapshot", {});
      if (stopped) return;
      store.setState(withSnapshot(store.getState(), snapshot, surroundings.nowMs()));
    } catch (error) {
      markDisconnected();
      restart(error instanceof Error ? error.message : String(error));
      return;
    }
    store.setState({ connection: "connected", disconnectedSinceMs: null });
    unsubscribe = client.subscribe(
      store.getState().sequence,
      (message) => {
        queue.push(message);
        if (flushing) return;
        flushing = true;
        surroundings.onNextFrame(flush);
      },
      (connection) => {
        if (connection === "connected") {
          cancelProbe();
          store.setState({ connection, disconnectedSinceMs: null, problem: null });
        } else {
          markDisconnected();
          probeLater();
        }
      },
      (problem) => restart(`The host announced something this window cannot read: ${problem}`),
    );
  };

  const markDisconnected = (): void => {
    const { disconnectedSinceMs } = store.getState();
    store.setState({
      connection: "disconnected",
      disconnectedSinceMs: disconnectedSinceMs ?? surroundings.nowMs(),
    });
  };

  const probeLater = (): void => {
    cancelProbe();
    cancelProbe = surroundings.after(probeMs, () => {
      if (stopped || store.getState().connection !== "disconnected") return;
      client.request("console.snapshot", {}).then(
        () => probeLater(),
        (error: unknown) => {
          if (stopped || store.getState().connection !== "disconnected") return;
          store.setState({ problem: error instanceof Error ? error.message : String(error) });
          probeLater();
        },
      );
    });
  };

  void begin();
  return () => {
    stopped = true;
    unsubscribe();
    cancelRetry();
    cancelProbe();
  };
}

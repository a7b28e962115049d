import { useSyncExternalStore } from "react";
import { useConsole } from "./console-store";

const tickMs = 1_000;
const listeners = new Set<() => void>();
let tick = Math.floor(Date.now() / tickMs);
let timer: ReturnType<typeof setTimeout> | null = null;

/** Waits for the next whole second, so that every age on screen changes in the same frame. */
function schedule(): void {
  timer = setTimeout(
    () => {
      tick = Math.floor(Date.now() / tickMs);
      for (const listener of listeners) listener();
      schedule();
    },
    tickMs - (Date.now() % tickMs),
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === null) schedule();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearTimeout(timer);
    timer = null;
  };
}

/** This window's clock in whole seconds, as Unix milliseconds; renders again each second. */
function useWindowSeconds(): number {
  return useSyncExternalStore(subscribe, () => tick) * tickMs;
}

/** The host's clock, Unix milliseconds, to the second; renders again each second. */
export function useHostNow(): number {
  const offset = useConsole((state) => state.clockOffsetMs);
  return useWindowSeconds() + offset;
}

/** The host's clock now, for event handlers. */
export function hostNow(): number {
  return Date.now() + useConsole.getState().clockOffsetMs;
}

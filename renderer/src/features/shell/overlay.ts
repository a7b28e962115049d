import { create } from "zustand";

/** What lies over the page, if anything. */
export const useOverlay = create<{ readonly shown: "palette" | "help" | null }>(() => ({ shown: null }));

/** Takes away whatever lies over the page. */
export function closeOverlay(): void {
  useOverlay.setState({ shown: null });
}

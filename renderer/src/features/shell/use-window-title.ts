import { useEffect } from "react";
import { useConsole, useSurfaces } from "../../state/console-store";
import { useLatestRollout } from "../../state/use-latest-rollout";
import { windowTitle } from "../../state/summary";

/** Keeps the window's title at the worst state there is. */
export function useWindowTitle(): void {
  const views = useSurfaces();
  const name = useConsole((state) => state.workspace?.name);
  const disconnected = useConsole((state) => state.connection === "disconnected");
  const rollout = useLatestRollout();
  const title = name === undefined ? "Gatehouse" : windowTitle(views, name, !disconnected, rollout);
  useEffect(() => {
    document.title = title;
  }, [title]);
}

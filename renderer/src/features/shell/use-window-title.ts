import { useEffect } from "react";
import { useConsole, useSurfaces } from "../../state/console-store";
import { useLatestRollout } from "../../state/use-latest-rollout";
import { tosTitle } from "../../state/tos-standing";
import { windowTitle } from "../../state/summary";

/** Keeps the window's title at the worst state there is. */
export function useWindowTitle(): void {
  const views = useSurfaces();
  const name = useConsole((state) => state.workspace?.name);
  const disconnected = useConsole((state) => state.connection === "disconnected");
  const rollout = useLatestRollout();
  const tos = useConsole((state) => state.tos.view);
  const title =
    name === undefined ? "Gatehouse" : windowTitle(views, name, !disconnected, rollout, tosTitle(tos));
  useEffect(() => {
    document.title = title;
  }, [title]);
}

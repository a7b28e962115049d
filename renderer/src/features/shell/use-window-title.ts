import { useEffect } from "react";
import { useConsole, useSurfaces } from "../../state/console-store";
import { windowTitle } from "../../state/summary";

/** Keeps the window's title at the worst state there is. */
export function useWindowTitle(): void {
  const views = useSurfaces();
  const name = useConsole((state) => state.workspace?.name);
  const disconnected = useConsole((state) => state.connection === "disconnected");
  const title = name === undefined ? "Gatehouse" : windowTitle(views, name, !disconnected);
  useEffect(() => {
    document.title = title;
  }, [title]);
}

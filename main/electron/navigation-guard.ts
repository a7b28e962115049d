import { shell, type WebContents } from "electron";
import { externalHosts, externalLink, isConsoleUrl } from "./console-location";

/** Opens a listed link in the operator's browser; any other is dropped. */
function openOutside(url: string): void {
  const link = externalLink(url, externalHosts);
  if (link !== null) void shell.openExternal(link);
}

/**
 * Keeps web contents on the console's page: no navigation, redirect, new window or webview takes them, or any frame in
 * them, anywhere else (Electron security checklist, items 12 to 14). Applied to every web contents there will ever be.
 */
export function guardNavigation(contents: WebContents): void {
  contents.on("will-navigate", (event) => {
    if (isConsoleUrl(event.url)) return;
    event.preventDefault();
    openOutside(event.url);
  });
  contents.on("will-redirect", (event) => {
    if (!isConsoleUrl(event.url)) event.preventDefault();
  });
  contents.on("will-frame-navigate", (event) => {
    // The console has no frames of its own.
    if (!event.isMainFrame || !isConsoleUrl(event.url)) event.preventDefault();
  });
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url);
    return { action: "deny" };
  });
}

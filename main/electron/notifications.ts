import { Notification } from "electron";
import type { Notice } from "#contract/rollout/view";

/** Notifications kept alive for their click; an older one has been read or never will be. */
const keptNotifications = 32;

/**
 * Shows notices on the operator's desktop. A click calls `open` with the place the notice speaks of, an address within
 * the page that begins with `#`. Where the desktop shows no notifications, nothing happens: the window says it too.
 */
export function createNotifier(open: (place: string) => void): (notice: Notice) => void {
  // What nothing refers to is collected, and its click with it.
  const shown: Notification[] = [];
  return ({ title, body, place }) => {
    if (!Notification.isSupported()) return;
    const notification = new Notification({ title, body });
    notification.on("click", () => open(place));
    shown.push(notification);
    if (shown.length > keptNotifications) shown.shift();
    notification.show();
  };
}

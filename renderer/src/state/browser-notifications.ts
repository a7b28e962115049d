import { create } from "zustand";
import type { Notice } from "#contract/rollout/view";

const storageKey = "gatehouse.notifications";

/** `unavailable`: this browser has none, or the window is Gatehouse's own, whose notifications come from the system. */
export type NotificationChoice = "unavailable" | "off" | "on" | "denied";

function available(): boolean {
  return window.gatehouse === undefined && "Notification" in window;
}

function remembered(): NotificationChoice {
  if (!available()) return "unavailable";
  if (Notification.permission === "denied") return "denied";
  try {
    return localStorage.getItem(storageKey) === "on" && Notification.permission === "granted" ? "on" : "off";
  } catch {
    // Refused storage only means that the choice is not remembered.
    return "off";
  }
}

/** Whether notices are shown by the browser as well. Off until the operator switches it on here. */
export const useNotificationChoice = create<{ readonly choice: NotificationChoice }>(() => ({
  choice: remembered(),
}));

function remember(choice: "on" | "off"): void {
  useNotificationChoice.setState({ choice });
  try {
    localStorage.setItem(storageKey, choice);
  } catch {
    // Refused storage only means that the choice is not remembered.
  }
}

/** Switches the browser's notifications on or off; only switching them on asks for the browser's permission. */
export async function chooseNotifications(on: boolean): Promise<void> {
  if (!available()) return;
  if (!on) return remember("off");
  const permission = await Notification.requestPermission();
  if (permission === "granted") remember("on");
  else useNotificationChoice.setState({ choice: permission === "denied" ? "denied" : "off" });
}

/** Shows a notice through the browser; clicking it opens the place it speaks of. */
export function showNotification(notice: Notice): void {
  if (useNotificationChoice.getState().choice !== "on") return;
  const notification = new Notification(notice.title, { body: notice.body, tag: notice.id });
  notification.addEventListener("click", () => {
    window.focus();
    window.location.hash = notice.place;
    notification.close();
  });
}

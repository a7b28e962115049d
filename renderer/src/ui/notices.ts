import { Toast } from "@base-ui/react/toast";
import { asBridgeError } from "../state/use-request";

/** What a passing notice carries besides its title. */
export interface NoticeData {
  readonly tone: "done" | "failing";
  readonly code: string;
  readonly details: readonly string[];
}

/** Passing notices of this window; shown by `Notices`. */
export const notices = Toast.createToastManager<NoticeData>();

/** Tells that something the operator asked for was done. */
export function announceDone(title: string, description = ""): void {
  notices.add({ title, description, timeout: 4_000, data: { tone: "done", code: "", details: [] } });
}

/** Tells that something the operator asked for was refused or failed, and why. Stays until dismissed. */
export function announceFailure(title: string, failure: unknown): void {
  const error = asBridgeError(failure);
  notices.add({
    title,
    description: error.message,
    timeout: 0,
    priority: "high",
    data: { tone: "failing", code: error.code, details: error.details },
  });
}

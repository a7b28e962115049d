import { userInfo } from "node:os";

/** The account this program runs as: the only identity that a single-machine console can vouch for. */
export function operatorName(): string {
  try {
    return userInfo().username;
  } catch {
    // An account without an entry in the system's user list, as in some containers.
    return `uid ${process.getuid?.() ?? "unknown"}`;
  }
}

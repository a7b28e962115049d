const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/**
 * Evidence time to the second, for it changes at checks only: `45 s`, `18 min 20 s`, `23 h 40 min`. Takes milliseconds.
 * Time left is given with `up`, so that a second that is still missing is never rounded away.
 */
export function formatEvidenceTime(milliseconds: number, rounding: "down" | "up" = "down"): string {
  const round = rounding === "up" ? Math.ceil : Math.floor;
  const seconds = round(Math.max(0, milliseconds) / second);
  if (seconds < 60) return `${seconds} s`;
  if (seconds * second < hour) {
    const rest = seconds % 60;
    return `${Math.floor(seconds / 60)} min${rest === 0 ? "" : ` ${String(rest).padStart(2, "0")} s`}`;
  }
  const minutes = round((seconds * second) / minute);
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? "" : ` ${String(rest).padStart(2, "0")} min`}`;
}

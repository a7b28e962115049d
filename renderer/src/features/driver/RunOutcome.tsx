import { CircleCheck, CircleSlash, ClockAlert, LoaderCircle, OctagonX, type LucideIcon } from "lucide-react";
import type { RunView } from "#contract/driver";

const outcomes: Readonly<Record<RunView["outcome"], { Glyph: LucideIcon; look: string; word: string }>> = {
  running: { Glyph: LoaderCircle, look: "text-accent", word: "Running" },
  succeeded: { Glyph: CircleCheck, look: "text-healthy", word: "Succeeded" },
  failed: { Glyph: OctagonX, look: "text-failing", word: "Failed" },
  "timed-out": { Glyph: ClockAlert, look: "text-failing", word: "Timed out" },
  cancelled: { Glyph: CircleSlash, look: "text-stale", word: "Cancelled" },
  "not-started": { Glyph: OctagonX, look: "text-failing", word: "Could not start" },
};

/** How a run ended, with its exit code or signal. */
export function RunOutcome(props: { readonly run: RunView }) {
  const { exitCode, outcome, signal } = props.run;
  const { Glyph, look, word } = outcomes[outcome];
  return (
    <span className={`inline-flex items-center gap-1.5 font-semibold ${look}`} data-outcome={outcome}>
      <Glyph size={14} strokeWidth={2.25} className={outcome === "running" ? "turning" : ""} aria-hidden />
      {word}
      {exitCode !== null && <span className="figure font-normal text-muted">exit code {exitCode}</span>}
      {signal !== null && <span className="figure font-normal text-muted">{signal}</span>}
    </span>
  );
}

import {
  CircleCheck,
  CircleDashed,
  ClockAlert,
  FileWarning,
  FileX,
  OctagonX,
  type LucideIcon,
} from "lucide-react";
import type { CellStatus } from "#contract/rollout/vocabulary";

/** Glyph, word and looks of a verdict. Evidence against is red; no evidence is amber in four shapes, and is never green. */
export interface CellLook {
  readonly Glyph: LucideIcon;
  readonly word: string;
  readonly text: string;
  readonly wash: string;
}

const noEvidence = { text: "text-degraded", wash: "bg-degraded-wash" } as const;

export const cellLooks: Readonly<Record<CellStatus, CellLook>> = {
  passed: { Glyph: CircleCheck, word: "passed", text: "text-healthy", wash: "" },
  failed: { Glyph: OctagonX, word: "failed", text: "text-failing", wash: "bg-failing-wash" },
  stale: { Glyph: ClockAlert, word: "stale", ...noEvidence },
  missing: { Glyph: FileX, word: "missing", ...noEvidence },
  unreadable: { Glyph: FileWarning, word: "unreadable", ...noEvidence },
  "no-samples": { Glyph: CircleDashed, word: "no samples", ...noEvidence },
};

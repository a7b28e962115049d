import { Check, FileWarning, Hand, Terminal, Zap, type LucideIcon } from "lucide-react";
import type { Notice } from "#contract/rollout/view";

const looks: Readonly<Record<Notice["kind"], { readonly Glyph: LucideIcon; readonly hue: string }>> = {
  hold: { Glyph: Hand, hue: "text-degraded" },
  trigger: { Glyph: Zap, hue: "text-failing" },
  "soak-complete": { Glyph: Check, hue: "text-healthy" },
  "hook-failed": { Glyph: Terminal, hue: "text-failing" },
  "journal-broken": { Glyph: FileWarning, hue: "text-failing" },
};

/** The shape of a notice's kind; its title says the same in words. */
export function NoticeGlyph(props: { readonly kind: Notice["kind"] }) {
  const { Glyph, hue } = looks[props.kind];
  return <Glyph size={14} strokeWidth={2.25} className={`mt-[3px] shrink-0 ${hue}`} aria-hidden />;
}

import { CircleCheck, OctagonX, TriangleAlert, type LucideIcon } from "lucide-react";
import type { Reaction } from "#contract/tos/governance";
import { classNames } from "../../../ui/class-names";
import { Prose } from "../../../ui/Prose";
import { RecordEvidence } from "../../holds/HoldList";

const looks: Readonly<
  Record<Reaction["gravity"], { readonly word: string; readonly Glyph: LucideIcon; readonly ink: string }>
> = {
  stop: { word: "Stop", Glyph: OctagonX, ink: "text-failing" },
  attention: { word: "Attention", Glyph: TriangleAlert, ink: "text-degraded" },
  normal: { word: "Normal", Glyph: CircleCheck, ink: "text-healthy" },
};

/** Escalation levels by their names (spec/tos/governance.md §7). */
const levels: Readonly<Record<number, string>> = {
  1: "1, 軽微 minor",
  2: "2, 重大 serious",
  3: "3, 停止 stop",
};

/** What the documents say to do as things are, gravest first. */
export function ReactionList(props: { readonly reactions: readonly Reaction[] }) {
  if (props.reactions.length === 0)
    return <p className="px-3 py-2 text-muted">Nothing calls for a reaction.</p>;
  return (
    <ul aria-label="Reactions">
      {props.reactions.map((reaction) => {
        const { Glyph, ink, word } = looks[reaction.gravity];
        return (
          <li
            key={`${reaction.title} ${reaction.record?.path ?? ""}`}
            className="flex gap-3 border-b border-line px-3 py-1.5 last:border-b-0"
            data-gravity={reaction.gravity}
          >
            <span
              className={classNames("flex w-22 shrink-0 items-center gap-1.5 self-start font-medium", ink)}
            >
              <Glyph size={14} strokeWidth={2.25} className="shrink-0" aria-hidden />
              {word}
            </span>
            <div className="min-w-0 flex-1">
              <p className="font-medium">{reaction.title}</p>
              <p>
                <Prose text={reaction.guidance} />
              </p>
              <p className="text-small text-faint">
                {reaction.source}
                {reaction.level !== null &&
                  ` · suggested escalation level ${levels[reaction.level] ?? reaction.level}`}
              </p>
              {reaction.record !== null && (
                <details>
                  <summary className="text-small text-accent hover:underline">the record</summary>
                  <RecordEvidence view={null} record={reaction.record} />
                </details>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

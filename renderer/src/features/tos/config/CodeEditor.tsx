import { useMemo, useRef, type Ref } from "react";
import { classNames } from "../../../ui/class-names";

const lineHeight = 18;

/**
 * A field for a text of many lines, with their numbers beside it. Lines do not wrap, so that each number stands at its
 * line; lines in `marked` have a mark beside the number. Tab leaves the field, as everywhere.
 */
export function CodeEditor({
  label,
  marked,
  onChange,
  ref,
  value,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Numbers of lines, from 1, that have a problem. */
  readonly marked: ReadonlySet<number>;
  readonly ref?: Ref<HTMLTextAreaElement>;
}) {
  const numbers = useRef<HTMLOListElement>(null);
  const count = useMemo(() => value.split("\n").length, [value]);
  return (
    <div className="figure relative flex min-h-0 min-w-0 flex-1 overflow-hidden bg-panel text-small has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent">
      <div aria-hidden className="shrink-0 overflow-hidden border-r border-line bg-raised">
        <ol ref={numbers} className="py-1 text-right text-faint select-none">
          {Array.from({ length: count }, (_, index) => {
            const isMarked = marked.has(index + 1);
            return (
              <li
                // Lines have no identity but their number.
                // eslint-disable-next-line react/no-array-index-key
                key={index}
                className={classNames("pr-2 pl-1", isMarked && "bg-failing-wash font-semibold text-failing")}
                style={{ height: lineHeight, lineHeight: `${lineHeight}px` }}
              >
                <span className="inline-block w-3 text-left">{isMarked && "✕"}</span>
                {index + 1}
              </li>
            );
          })}
        </ol>
      </div>
      <textarea
        ref={ref}
        aria-label={label}
        aria-invalid={marked.size > 0}
        value={value}
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        className="min-w-0 flex-1 resize-none overflow-auto bg-transparent px-2 py-1 whitespace-pre outline-none"
        style={{ lineHeight: `${lineHeight}px` }}
        onChange={(event) => onChange(event.target.value)}
        onScroll={(event) => {
          // The numbers follow without a render in between, so that they never lag behind.
          if (numbers.current !== null)
            numbers.current.style.transform = `translateY(${-event.currentTarget.scrollTop}px)`;
        }}
      />
    </div>
  );
}

/** Puts the cursor on a place of the field, selects it, and brings its line into sight. */
export function showPlace(
  field: HTMLTextAreaElement,
  place: { readonly line: number; readonly offset: number; readonly length: number },
): void {
  field.focus();
  field.setSelectionRange(place.offset, place.offset + place.length);
  field.scrollTop = Math.max(0, (place.line - 1) * lineHeight - field.clientHeight / 3);
  field.scrollLeft = 0;
}

import { useId } from "react";
import type { ActionView } from "#contract/rollout/view";
import { classNames } from "../../../ui/class-names";
import { Hint } from "../../../ui/Hint";
import { KeyCap } from "../../../ui/KeyCap";
import { Prose } from "../../../ui/Prose";
import { actionWords } from "./action-words";

const looks = {
  plain: "border-line-strong bg-panel text-ink hover:bg-hover",
  primary: "border-accent bg-accent text-on-accent hover:opacity-90",
  danger: "border-failing/60 bg-failing-wash text-failing hover:border-failing",
} as const;

function Details(props: { readonly view: ActionView }) {
  const { allowed, effect, obstacles } = props.view;
  if (allowed)
    return (
      <p className="max-w-90">
        <Prose text={effect} />
      </p>
    );
  return (
    <div className="max-w-90">
      <p className="font-medium">Not possible now</p>
      <ul className="list-disc pl-4">
        {obstacles.map((obstacle) => (
          <li key={obstacle}>
            <Prose text={obstacle} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/**
 * A button that says honestly whether it may be pressed. One that may not stays in the tab order, says why, and, when
 * pressed all the same, shows what stands in its way.
 */
export function ActionButton(props: {
  readonly view: ActionView;
  readonly asking: boolean;
  readonly connected: boolean;
  readonly onPress: () => void;
}) {
  const { view } = props;
  const { Glyph, key, keyName, label, look } = actionWords[view.action];
  const explanation = useId();
  const allowed = view.allowed && props.connected && !props.asking;
  return (
    <>
      <Hint content={<Details view={view} />}>
        <button
          type="button"
          aria-disabled={!allowed}
          aria-describedby={explanation}
          aria-keyshortcuts={key === key.toLowerCase() ? key : `Shift+${key}`}
          onClick={props.onPress}
          data-action={view.action}
          className={classNames(
            "inline-flex h-9 shrink-0 items-center gap-2 rounded-control border px-3 text-body min-[1500px]:pr-1.5 font-semibold whitespace-nowrap select-none",
            allowed ? looks[look] : "cursor-not-allowed border-line bg-transparent text-faint",
          )}
        >
          <Glyph size={15} strokeWidth={2.25} aria-hidden className={classNames(props.asking && "turning")} />
          {label}
          <span aria-hidden className="hidden gap-0.5 min-[1500px]:flex">
            {keyName.split(" ").map((cap) => (
              <KeyCap key={cap}>{cap}</KeyCap>
            ))}
          </span>
        </button>
      </Hint>
      <span id={explanation} className="sr-only">
        {view.allowed ? view.effect : `Not possible now. ${view.obstacles.join(" ")}`}
      </span>
    </>
  );
}

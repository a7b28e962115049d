import type { ButtonHTMLAttributes, Ref } from "react";
import { classNames } from "./class-names";

const looks = {
  plain: "border-line-strong bg-panel text-ink hover:bg-hover",
  quiet: "border-transparent bg-transparent text-muted hover:bg-hover hover:text-ink",
  primary: "border-accent bg-accent text-on-accent hover:opacity-90",
  danger: "border-failing/60 bg-failing-wash text-failing hover:border-failing",
} as const;

/** A button, 28 px high. `look` says how loud it is; a disabled one says why in its `title`. */
export function Button({
  look = "plain",
  className,
  ref,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & {
  readonly look?: keyof typeof looks;
  readonly ref?: Ref<HTMLButtonElement>;
}) {
  return (
    <button
      ref={ref}
      type="button"
      className={classNames(
        "inline-flex h-7 shrink-0 items-center justify-center gap-1.5 rounded-control border px-2.5 text-body font-medium whitespace-nowrap select-none",
        "disabled:border-line disabled:bg-transparent disabled:text-faint disabled:hover:bg-transparent",
        looks[look],
        className,
      )}
      {...rest}
    />
  );
}

import type { ButtonHTMLAttributes, Ref } from "react";
import { classNames } from "./class-names";

const looks = {
  plain: "border-line-strong bg-panel text-ink hover:bg-hover",
  quiet: "border-transparent bg-transparent text-muted hover:bg-hover hover:text-ink",
  primary: "border-accent bg-accent text-on-accent hover:opacity-90",
  danger: "border-failing/60 bg-failing-wash text-failing hover:border-failing",
} as const;

const sizes = {
  normal: "h-7 px-2.5",
  small: "h-6 px-2",
  icon: "size-7",
  "small-icon": "size-6",
} as const;

/** A button. `look` says how loud it is; one with only an icon has an `aria-label`. */
export function Button({
  look = "plain",
  size = "normal",
  className,
  ref,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & {
  readonly look?: keyof typeof looks;
  readonly size?: keyof typeof sizes;
  readonly ref?: Ref<HTMLButtonElement>;
}) {
  return (
    <button
      ref={ref}
      type="button"
      className={classNames(
        "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-control border text-body font-medium whitespace-nowrap select-none",
        "disabled:border-line disabled:bg-transparent disabled:text-faint disabled:hover:bg-transparent",
        sizes[size],
        looks[look],
        className,
      )}
      {...rest}
    />
  );
}

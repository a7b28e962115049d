import { Ban, Check } from "lucide-react";
import { classNames } from "../../ui/class-names";

/** What the policy said of a command: glyph and word. */
export function PolicyMark(props: { readonly allowed: boolean }) {
  const Glyph = props.allowed ? Check : Ban;
  return (
    <span
      className={classNames(
        "inline-flex w-16 shrink-0 items-baseline gap-1.5 text-small font-medium",
        props.allowed ? "text-healthy" : "text-denied",
      )}
      data-policy={props.allowed ? "allow" : "deny"}
    >
      <Glyph size={12} strokeWidth={2.5} className="self-center" aria-hidden />
      {props.allowed ? "allowed" : "denied"}
    </span>
  );
}

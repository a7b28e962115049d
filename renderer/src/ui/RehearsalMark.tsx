import { classNames } from "./class-names";

/** Stands wherever a rehearsal is shown: it proves the procedure, not the release. */
export function RehearsalMark(props: { readonly className?: string }) {
  return (
    <span
      className={classNames(
        "inline-flex h-4.5 shrink-0 items-center rounded-[2px] border border-dashed border-degraded px-1 text-small leading-none font-semibold text-degraded",
        props.className,
      )}
      title="A rehearsal proves the procedure, not the release."
    >
      REHEARSAL
    </span>
  );
}

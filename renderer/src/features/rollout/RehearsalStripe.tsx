import { TriangleAlert } from "lucide-react";

/** Across the top of every page of a rehearsal: it cannot be overlooked, and cannot be closed. */
export function RehearsalStripe(props: { readonly profileTitle: string }) {
  return (
    <div
      className="rehearsal-stripe flex h-6 shrink-0 items-center border-b border-degraded/50 px-3"
      data-testid="rehearsal"
    >
      <p className="flex min-w-0 items-center gap-2 bg-degraded-wash px-2 text-small font-semibold text-degraded">
        <TriangleAlert size={13} strokeWidth={2.5} className="shrink-0" aria-hidden />
        <span className="tracking-[0.14em]">REHEARSAL</span>
        <span className="truncate font-normal">
          {props.profileTitle}: proves the procedure, not the release.
        </span>
      </p>
    </div>
  );
}

import { classNames } from "./class-names";

/** A place kept for text that is still being asked for, one line high. */
export function Skeleton(props: { readonly className?: string }) {
  return <span aria-hidden className={classNames("skeleton inline-block h-3", props.className ?? "w-24")} />;
}

/** Several lines that are still being asked for. */
export function SkeletonLines(props: { readonly lines: number }) {
  return (
    <div className="px-3 py-2" role="status" aria-label="Loading">
      {Array.from({ length: props.lines }, (_, line) => (
        <div key={line} className="flex h-7 items-center">
          <Skeleton className={line % 3 === 2 ? "w-1/3" : line % 2 === 0 ? "w-2/3" : "w-1/2"} />
        </div>
      ))}
    </div>
  );
}

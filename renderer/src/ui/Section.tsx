import { useId, type ReactNode } from "react";
import { classNames } from "./class-names";

/** A titled part of a page: heading line, hairline, content. `held` greys and hatches what stands in it. */
export function Section(props: {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly held?: boolean;
  readonly className?: string;
  readonly bodyClassName?: string;
  readonly children: ReactNode;
}) {
  const heading = useId();
  return (
    <section
      aria-labelledby={heading}
      className={classNames("flex min-h-0 min-w-0 flex-col border border-line bg-panel", props.className)}
    >
      <header className="flex h-8 shrink-0 items-center justify-between gap-3 border-b border-line px-3">
        <h2 id={heading} className="text-body font-semibold whitespace-nowrap">
          {props.title}
        </h2>
        {props.aside}
      </header>
      <div
        className={classNames(
          "min-h-0 min-w-0 flex-1",
          props.held === true && "held hatched",
          props.bodyClassName,
        )}
      >
        {props.children}
      </div>
    </section>
  );
}

import { Tooltip } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";

/** A tooltip on an element. What it says is extra: nothing needed to act stands only here. */
export function Hint(props: {
  readonly content: ReactNode;
  readonly children: ReactElement;
  readonly side?: "top" | "bottom" | "left" | "right";
}) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={props.children} />
      <Tooltip.Portal>
        <Tooltip.Positioner
          side={props.side ?? "bottom"}
          sideOffset={6}
          collisionPadding={8}
          className="z-40"
        >
          <Tooltip.Popup className="max-w-100 rounded-control border border-line-strong bg-raised px-2.5 py-1.5 text-small text-ink">
            {props.content}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

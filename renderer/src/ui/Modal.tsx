import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { classNames } from "./class-names";

/** A dialog in the middle of the window: title, content, closed by Escape or its button. */
export function Modal(props: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly className?: string;
  /** What has the focus once it is open; the first thing that can when left out. */
  readonly initialFocus?: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
}) {
  return (
    <Dialog.Root open={props.open} onOpenChange={(open) => !open && props.onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-20 bg-backdrop" />
        <Dialog.Viewport className="fixed inset-0 z-30 flex items-start justify-center overflow-auto p-4 pt-[14vh]">
          <Dialog.Popup
            {...(props.initialFocus === undefined ? {} : { initialFocus: props.initialFocus })}
            className={classNames(
              "w-full rounded-[4px] border border-line-strong bg-panel outline-none",
              props.className ?? "max-w-130",
            )}
          >
            <header className="flex h-10 items-center justify-between gap-3 border-b border-line pr-1.5 pl-4">
              <Dialog.Title className="text-body font-semibold">{props.title}</Dialog.Title>
              <Dialog.Close
                aria-label="Close"
                className="inline-flex size-7 items-center justify-center rounded-control text-muted hover:bg-hover hover:text-ink"
              >
                <X size={14} aria-hidden />
              </Dialog.Close>
            </header>
            {props.description !== undefined && (
              <Dialog.Description render={<div />} className="px-4 pt-3 text-muted">
                {props.description}
              </Dialog.Description>
            )}
            {props.children}
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

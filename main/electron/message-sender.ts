import { consoleOrigin } from "./console-location";

/** What is looked at of an IPC event; Electron's own events have this shape. */
export interface MessageEventFacts {
  readonly sender: { readonly id: number };
  readonly senderFrame: {
    readonly parent: unknown;
    readonly origin: string;
    isDestroyed(): boolean;
  } | null;
}

/**
 * Whether a message comes from the console's own page: the main frame of a window we opened, still there, and of our
 * origin (Electron security checklist, item 17).
 */
export function isTrustedSender(event: MessageEventFacts, trustedWebContents: ReadonlySet<number>): boolean {
  const frame = event.senderFrame;
  return (
    frame !== null &&
    !frame.isDestroyed() &&
    frame.parent === null &&
    frame.origin === consoleOrigin &&
    trustedWebContents.has(event.sender.id)
  );
}

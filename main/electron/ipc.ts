import type { BrowserWindow, IpcMainEvent, IpcMainInvokeEvent } from "electron";
import { electronChannels } from "#contract/channels";
import { failure } from "../host/failure";
import type { ConsoleHost } from "../host/console-host";
import { HostDoor } from "./host-door";
import { isTrustedSender } from "./message-sender";

/** Web contents of the windows this program opened. */
const trustedWebContents = new Set<number>();

/**
 * Connects a window's page to the host. The handlers hang on this window's contents, not on the program, and each one
 * checks who is speaking before it listens.
 */
export function connectWindow(window: BrowserWindow, host: Promise<ConsoleHost>): void {
  const { webContents } = window;
  const { id, ipc } = webContents;
  const door = new HostDoor(host, {
    send: (channel, ...values) => {
      if (!webContents.isDestroyed() && !webContents.isCrashed()) webContents.send(channel, ...values);
    },
  });
  const whenTrusted =
    (listener: (first: unknown, second: unknown) => void) =>
    (event: IpcMainEvent, first: unknown, second: unknown): void => {
      if (isTrustedSender(event, trustedWebContents)) listener(first, second);
    };

  trustedWebContents.add(id);
  ipc.handle(electronChannels.invoke, (event: IpcMainInvokeEvent, name: unknown, input: unknown) =>
    isTrustedSender(event, trustedWebContents)
      ? door.invoke(name, input)
      : failure("unauthorized", "Only the console's own page may ask."),
  );
  ipc.on(
    electronChannels.subscribe,
    whenTrusted((subscription, since) => door.subscribe(subscription, since)),
  );
  ipc.on(
    electronChannels.unsubscribe,
    whenTrusted((subscription) => door.unsubscribe(subscription)),
  );
  ipc.on(
    electronChannels.acknowledge,
    whenTrusted((subscription, sequence) => door.acknowledge(subscription, sequence)),
  );

  webContents.on("did-start-navigation", (details) => {
    if (details.isMainFrame && !details.isSameDocument) door.closeAll();
  });
  webContents.on("render-process-gone", () => door.closeAll());
  webContents.on("destroyed", () => {
    trustedWebContents.delete(id);
    door.closeAll();
  });
}

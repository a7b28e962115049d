import type { Session } from "electron";

/**
 * Denies every permission a page could ask for or be found to have, and every device. The console needs none
 * (Electron security checklist, item 5).
 */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
  session.on("select-hid-device", (event) => event.preventDefault());
  session.on("select-serial-port", (event) => event.preventDefault());
  session.on("select-usb-device", (event) => event.preventDefault());
  session.on("will-download", (event) => event.preventDefault());
}

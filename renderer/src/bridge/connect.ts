import { createClient, type Client } from "#contract/client";
import { createElectronTransport } from "./electron-transport";
import { createHttpTransport } from "./http-transport";
import { announceWindowColour } from "./window-colour";

/** Reaches the host the page belongs to: the window's own, or the server the page came from. */
export function connectToHost(): { client: Client } {
  if (!window.gatehouse) return { client: createClient(createHttpTransport()) };
  announceWindowColour();
  return { client: createClient(createElectronTransport(window.gatehouse)) };
}

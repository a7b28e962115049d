import "./zod-without-eval";
import { createClient, type Client } from "#contract/client";
import { createElectronTransport } from "./electron-transport";
import { createHttpTransport } from "./http-transport";

/** Reaches the host the page belongs to: the window's own, or the server the page came from. */
export function connectToHost(): { client: Client } {
  const transport = window.gatehouse ? createElectronTransport(window.gatehouse) : createHttpTransport();
  return { client: createClient(transport) };
}

import type { Envelope } from "./envelope";

/** What the page may know of the program around it. */
export interface HostInformation {
  readonly kind: "electron";
  readonly platform: string;
  readonly electron: string;
  readonly chrome: string;
}

/** All that the preload script gives the page, as `window.gatehouse`: no Electron object crosses. */
export interface WindowApi {
  invoke(name: string, input: unknown): Promise<Envelope>;
  subscribe(sinceSequence: number, onMessage: (message: unknown) => void): () => void;
  readonly host: HostInformation;
}

import type { IncomingHttpHeaders } from "node:http";
import type { AccessControl } from "./access";

/** Why a request is turned away: the HTTP status, and a sentence an operator can act on. */
export interface Refusal {
  readonly status: 401 | 403 | 421;
  readonly message: string;
}

/** Addresses a console may be served on: this machine, by number, so that no name service has a say. */
export const loopbackAddresses = ["127.0.0.1", "::1"] as const;
export type LoopbackAddress = (typeof loopbackAddresses)[number];

/** The `Host` values under which this server answers. Any other name was made to point here (DNS rebinding). */
export function ownHosts(port: number): readonly string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
}

/** Name of the session cookie. Browsers share cookies between the ports of a host, so the port is part of it. */
export function sessionCookieName(port: number): string {
  return `gatehouse_${port}`;
}

/** Value of one cookie of a `Cookie` header, or null. */
export function readCookie(header: string | undefined, name: string): string | null {
  for (const pair of (header ?? "").split(";")) {
    const [key, ...value] = pair.split("=");
    if (key?.trim() === name) return value.join("=").trim();
  }
  return null;
}

/**
 * Checks where a request comes from: `Host` is ours, `Origin` (which a browser sends with every request that could
 * change something) is ours, and `Sec-Fetch-Site` does not say that another site caused it.
 */
export function refuseForeign(method: string, headers: IncomingHttpHeaders, port: number): Refusal | null {
  const host = headers.host ?? "";
  if (!ownHosts(port).includes(host))
    return {
      status: 421,
      message: `This server does not answer to the Host ${JSON.stringify(host.slice(0, 100))}.`,
    };
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${host}`)
    return { status: 403, message: "The request comes from a page of another origin." };
  const site = headers["sec-fetch-site"];
  const navigation = method === "GET" && headers["sec-fetch-mode"] === "navigate";
  if (site !== undefined && site !== "same-origin" && site !== "none" && !navigation)
    return { status: 403, message: "The request was caused by another site." };
  return null;
}

/**
 * Checks who asks: the session cookie of a browser, or the bearer secret of a program. A cookie alone does not allow a
 * change: the page's `Origin` must be there too.
 */
export function refuseStranger(
  method: string,
  headers: IncomingHttpHeaders,
  port: number,
  access: AccessControl,
): Refusal | null {
  const bearer = /^Bearer (\S+)$/.exec(headers.authorization ?? "")?.[1];
  if (bearer !== undefined)
    return access.isBearer(bearer) ? null : { status: 401, message: "The bearer secret is wrong." };
  const cookie = readCookie(headers.cookie, sessionCookieName(port));
  if (cookie === null || !access.isSession(cookie))
    return {
      status: 401,
      message: "Open the console with the link that the command printed; each link works once.",
    };
  if (method !== "GET" && method !== "HEAD" && headers.origin === undefined)
    return { status: 403, message: "A request with the session cookie must carry its Origin." };
  return null;
}

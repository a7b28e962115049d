import { describe, expect, it } from "vitest";
import { AccessControl } from "../../../main/server/access";
import {
  readCookie,
  refuseForeign,
  refuseStranger,
  sessionCookieName,
} from "../../../main/server/request-guard";

const port = 4_321;
const host = `127.0.0.1:${port}`;
const own = `http://${host}`;

describe("where a request comes from", () => {
  it.each([
    ["the page itself", "POST", { host, origin: own, "sec-fetch-site": "same-origin" }],
    ["the page itself by name", "POST", { host: `localhost:${port}`, origin: `http://localhost:${port}` }],
    ["the page itself on IPv6", "GET", { host: `[::1]:${port}` }],
    ["a program", "POST", { host }],
    ["a link in the address bar", "GET", { host, "sec-fetch-site": "none", "sec-fetch-mode": "navigate" }],
    ["a link elsewhere", "GET", { host, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" }],
  ])("accepts %s", (_case, method, headers) => {
    expect(refuseForeign(method, headers, port)).toBeNull();
  });

  it.each([
    ["no Host", "GET", {}, 421],
    ["a name that was made to point here", "GET", { host: `evil.example:${port}` }, 421],
    ["another port", "GET", { host: "127.0.0.1:80" }, 421],
    ["a Host that only begins like ours", "GET", { host: `${host}.evil.example` }, 421],
    ["another machine's address", "GET", { host: `192.168.0.5:${port}` }, 421],
    ["another origin", "POST", { host, origin: "https://evil.example" }, 403],
    ["another port's origin", "POST", { host, origin: "http://127.0.0.1:80" }, 403],
    ["our origin over https", "POST", { host, origin: `https://${host}` }, 403],
    ["an opaque origin", "POST", { host, origin: "null" }, 403],
    [
      "another site's script tag",
      "GET",
      { host, "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" },
      403,
    ],
    ["another port's fetch", "GET", { host, "sec-fetch-site": "same-site", "sec-fetch-mode": "cors" }, 403],
    [
      "another site's form",
      "POST",
      { host, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" },
      403,
    ],
  ])("refuses %s", (_case, method, headers, status) => {
    expect(refuseForeign(method, headers, port)?.status).toBe(status);
  });
});

describe("who asks", () => {
  it("spends a link's token for one session", () => {
    const access = new AccessControl();
    const token = access.issueToken();
    const other = access.issueToken();
    const session = access.exchange(token);
    expect(session !== null && access.isSession(session)).toBe(true);
    expect(access.exchange(token)).toBeNull();
    expect(access.isSession(token)).toBe(false);
    expect(access.isBearer(token)).toBe(false);
    expect(access.exchange("")).toBeNull();
    expect(access.exchange(other)).not.toBeNull();
  });

  it.each(["", "Bearer", "Bearer ", "Basic abc", "Bearer wrong", "bearer"])(
    "refuses Authorization %j",
    (authorization) => {
      expect(refuseStranger("POST", { authorization }, port, new AccessControl())?.status).toBe(401);
    },
  );

  it("accepts the bearer secret, and the session cookie with the page's origin", () => {
    const access = new AccessControl();
    const session = access.exchange(access.issueToken());
    const cookie = `theme=dark; ${sessionCookieName(port)}=${session}`;
    expect(refuseStranger("POST", { authorization: `Bearer ${access.bearer}` }, port, access)).toBeNull();
    expect(refuseStranger("GET", { cookie }, port, access)).toBeNull();
    expect(refuseStranger("POST", { cookie, origin: own }, port, access)).toBeNull();
    expect(refuseStranger("POST", { cookie }, port, access)?.status).toBe(403);
    expect(refuseStranger("GET", { cookie }, port + 1, access)?.status).toBe(401);
    expect(refuseStranger("GET", { cookie, authorization: "Bearer x" }, port, access)?.status).toBe(401);
  });

  it.each([
    [undefined, null],
    ["a=1; b=2", "2"],
    ["b=x=y", "x=y"],
    ["ab=1", null],
    ["b", ""],
  ])("reads one cookie of %j", (header, value) => {
    expect(readCookie(header, "b")).toBe(value);
  });
});

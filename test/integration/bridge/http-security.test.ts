import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contentSecurityPolicy } from "../../../main/host/content-security-policy";
import { maximumBodyBytes } from "../../../main/server/request-body";
import { AccessControl } from "../../../main/server/access";
import { startConsoleServer } from "../../../main/server/console-server";
import { startBridgeServer, type BridgeServer } from "../../support/bridge-server";
import { createBridgeWorkspace, type BridgeWorkspace } from "../../support/bridge-workspace";
import { waitUntil } from "../../support/wait-until";

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

describe("the served console", () => {
  let workspace: BridgeWorkspace;
  let bridge: BridgeServer;
  let port: number;

  beforeAll(async () => {
    workspace = await createBridgeWorkspace();
    bridge = await startBridgeServer(workspace.path);
    port = Number(new URL(bridge.server.origin).port);
  });
  afterAll(async () => {
    await bridge?.close();
    await workspace?.remove();
  });

  /** A request as it is written, header by header: `fetch` would not send some of these. */
  const send = (
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body: string | Buffer = "",
  ): Promise<Answer> =>
    new Promise((done, fail) => {
      const request = httpRequest({ host: "127.0.0.1", port, method, path, headers, agent: false });
      request.on("error", fail);
      request.on("response", (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => (text += chunk));
        response.on("error", fail);
        response.on("end", () =>
          done({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
        );
      });
      request.end(body);
    });
  const json = { "Content-Type": "application/json" };
  const bearer = (): Record<string, string> => ({ Authorization: `Bearer ${bridge.access.bearer}` });
  const openSession = async (): Promise<string> => {
    const { pathname, search } = new URL(bridge.server.issueLink());
    const answer = await send("GET", pathname + search);
    return String(answer.headers["set-cookie"]?.[0]?.split(";")[0]);
  };

  it("spends a link for a session cookie that scripts and other sites cannot use", async () => {
    const link = new URL(bridge.server.issueLink());
    const first = await send("GET", link.pathname + link.search);
    expect([first.status, first.headers["location"]]).toEqual([303, "/"]);
    expect(first.headers["set-cookie"]?.[0]).toMatch(
      new RegExp(`^gatehouse_${port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`),
    );
    const second = await send("GET", link.pathname + link.search);
    expect([second.status, second.headers["set-cookie"]]).toEqual([403, undefined]);
    expect(second.body).toMatch(/has been used/);
  });

  it("serves the page and answers it with the session cookie", async () => {
    const Cookie = await openSession();
    const page = await send("GET", "/", { Cookie });
    expect([page.status, page.headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
    const Origin = bridge.server.origin;
    const answer = await send("POST", "/api/console.snapshot", { ...json, Cookie, Origin }, "{}");
    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([200, { ok: true }]);
  });

  it("sends the policy and the other guards with every answer", async () => {
    const Cookie = await openSession();
    const answers = await Promise.all([
      send("GET", "/", { Cookie }),
      send("GET", "/missing.js", { Cookie }),
      send("GET", "/"),
      send("POST", "/api/console.snapshot", { ...json, ...bearer() }, "{}"),
      send("GET", "/", { Host: "evil.example" }),
      send("PUT", "/api/console.snapshot", bearer()),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 401, 200, 421, 405]);
    for (const { headers } of answers)
      expect(headers).toMatchObject({
        "content-security-policy": contentSecurityPolicy,
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
      });
    expect(contentSecurityPolicy).not.toMatch(/unsafe/);
  });

  it.each([
    ["no token", {}, 401],
    ["a wrong bearer secret", { Authorization: "Bearer wrong" }, 401],
    ["a made-up session", { Cookie: "gatehouse_1=x" }, 401],
  ])("refuses a request with %s", async (_case, headers, status) => {
    const answers = await Promise.all([
      send("POST", "/api/console.snapshot", { ...json, ...headers }, "{}"),
      send("POST", "/api/link", { ...json, ...headers }, "{}"),
      send("GET", "/api/events", headers),
      send("GET", "/", headers),
      send("GET", "/?token=", headers),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual([status, status, status, status, 403]);
    expect(JSON.parse(answers[0]?.body ?? "")).toMatchObject({ ok: false, error: { code: "unauthorized" } });
  });

  it("refuses another Host, even with every secret", async () => {
    const Cookie = await openSession();
    for (const Host of ["evil.example", `evil.example:${port}`, "127.0.0.1", `0.0.0.0:${port}`]) {
      const answer = await send(
        "POST",
        "/api/console.snapshot",
        { ...json, ...bearer(), Cookie, Host },
        "{}",
      );
      expect([Host, answer.status]).toEqual([Host, 421]);
    }
    const link = new URL(bridge.server.issueLink());
    expect((await send("GET", link.pathname + link.search, { Host: "evil.example" })).status).toBe(421);
    expect((await send("GET", link.pathname + link.search)).status).toBe(303);
  });

  it("refuses another Origin, and a change without one, even with the session cookie", async () => {
    const Cookie = await openSession();
    const post = async (headers: Record<string, string>): Promise<number> =>
      (await send("POST", "/api/surface.mark", { ...json, Cookie, ...headers }, '{"surface":"voice"}'))
        .status;
    expect(await post({ Origin: "https://evil.example" })).toBe(403);
    expect(await post({ Origin: "null" })).toBe(403);
    expect(await post({ Origin: `http://127.0.0.1:${port + 1}` })).toBe(403);
    expect(await post({})).toBe(403);
    expect(await post({ Origin: bridge.server.origin, "Sec-Fetch-Site": "cross-site" })).toBe(403);
    expect(await post({ Origin: bridge.server.origin })).toBe(200);
  });

  it.each([
    ["/../package.json"],
    ["/%2e%2e/%2e%2e/package.json"],
    ["/..%2fmain%2findex.js"],
    ["/../main/index.js"],
    ["/assets/../../main/cli.js"],
    ["//etc/hosts.html"],
    ["/%00.html"],
    ["/%"],
    ["/.build-stamp"],
  ])("serves no file outside the built page: %s", async (path) => {
    const answer = await send("GET", path, { Cookie: await openSession() });
    expect([answer.status, answer.body]).toEqual([404, "There is no such page.\n"]);
  });

  it("refuses a body that is too large, of another type, or not JSON", async () => {
    const post = async (type: string, body: string | Buffer): Promise<[number, unknown]> => {
      const headers = { ...bearer(), ...(type !== "" && { "Content-Type": type }) };
      const answer = await send("POST", "/api/console.snapshot", headers, body);
      return [answer.status, JSON.parse(answer.body)];
    };
    const refused = { ok: false, error: { code: "invalid_request" } };
    expect(await post("text/plain", "{}")).toMatchObject([415, refused]);
    expect(await post("application/x-www-form-urlencoded", "{}")).toMatchObject([415, refused]);
    expect(await post("", "{}")).toMatchObject([415, refused]);
    expect(await post("application/json", "")).toMatchObject([400, refused]);
    expect(await post("application/json", '{"a":')).toMatchObject([400, refused]);
    expect(await post("application/json", Buffer.from([0x22, 0xff, 0x22]))).toMatchObject([400, refused]);
    expect(await post("application/json", `"${"x".repeat(maximumBodyBytes)}"`)).toMatchObject([413, refused]);
    expect(await post("application/json; charset=utf-8", "{}")).toMatchObject([200, { ok: true }]);
  });

  it("answers methods it does not know with what it allows", async () => {
    const get = await send("GET", "/api/console.snapshot", bearer());
    const put = await send("PUT", "/api/events", bearer());
    const remove = await send("DELETE", "/", bearer());
    expect([get.status, get.headers["allow"], put.status, put.headers["allow"], remove.status]).toEqual([
      405,
      "POST",
      405,
      "GET",
      404,
    ]);
  });

  it.each(["-1", "1.5", "x", "1e400", "9".repeat(17), "NaN"])("refuses to resume from %s", async (since) => {
    const answer = await send("GET", `/api/events?since=${encodeURIComponent(since)}`, bearer());
    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([
      400,
      { ok: false, error: { code: "invalid_request" } },
    ]);
  });

  it("survives bytes that are not HTTP", async () => {
    for (const bytes of ["\0\0\0\0", "GET\r\n\r\n", "POST / HTTP/9.9\r\n\r\n", "G".repeat(100_000)]) {
      await new Promise<void>((done) => {
        const socket = connect(port, "127.0.0.1", () => socket.end(bytes));
        socket.on("error", () => undefined);
        socket.on("close", () => done());
        socket.resume();
      });
    }
    expect((await send("POST", "/api/console.snapshot", { ...json, ...bearer() }, "{}")).status).toBe(200);
  });

  it.each(["0.0.0.0", "::", "192.168.1.1", "localhost", ""])("is never served on %j", async (address) => {
    const options = { host: null as never, access: new AccessControl(), rendererDirectory: "/", port: 0 };
    await expect(startConsoleServer({ ...options, address })).rejects.toThrow(/127\.0\.0\.1 or ::1 only/);
  });

  it("waits for a client that does not read, without holding up another, and misses nothing of it", async () => {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => undefined);
    socket.pause();
    const since = JSON.parse(
      (await send("POST", "/api/console.snapshot", { ...json, ...bearer() }, "{}")).body,
    ).value.sequence;
    socket.write(
      `GET /api/events?since=${since} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${bridge.access.bearer}\r\n\r\n`,
    );
    // More than the sockets' own buffers take, while another client reads on.
    const reading: number[] = [];
    const stop = bridge.transport.subscribe(
      since,
      (message) => reading.push((message as { sequence: number }).sequence),
      () => undefined,
    );
    const mark = (): Promise<Answer> =>
      send("POST", "/api/surface.mark", { ...json, ...bearer() }, '{"surface":"voice"}');
    for (let index = 0; index < 200; index += 1) {
      await mark();
      await send("POST", "/api/console.snapshot", { ...json, ...bearer() }, "{}");
    }
    await waitUntil("the other client has everything", () => reading.length >= 200);
    stop();
    let text = "";
    socket.setEncoding("utf8");
    socket.on("data", (chunk: string) => (text += chunk));
    socket.resume();
    const ids = (): number[] => [...text.matchAll(/^id: (\d+)$/gm)].map((match) => Number(match[1]));
    await waitUntil("the slow client caught up", () => ids().includes(reading.at(-1) ?? NaN));
    socket.destroy();
    // It may have got more: the other one has stopped listening.
    expect(ids().slice(0, reading.length)).toEqual(reading);
  });
});

import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import type { ModelRole } from "#contract/tos/vocabulary";
import { apiAddresses, apiModels } from "../../../../main/tos/models/api-models";
import { waitMs } from "../../../support/limits";
import { testKeys } from "../../../support/tos/orchestrated-run";

interface Received {
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

/** Both APIs behind one listener; what was received, and the models that ask it. */
async function serve(answer: RequestListener, timeoutMs = waitMs) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
      received.push({ url: request.url ?? "", headers: request.headers, body });
      answer(request, response);
    })();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const models = apiModels({
    openai: `${base}/v1`,
    anthropic: base,
    keys: testKeys,
    openaiTimeoutMs: timeoutMs,
  });
  const ask = (role: ModelRole, signal: AbortSignal = new AbortController().signal) =>
    models.ask({ step: 1, role, model: `model of ${role}`, prompt: '日本語 \ud83d\ude00 "q"' }, signal);
  return { base, received, models, ask };
}

const json =
  (value: unknown, status = 200): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(value));
  };
const bytes =
  (text: string | Uint8Array, status = 200): RequestListener =>
  (_request, response) => {
    response.writeHead(status).end(text);
  };

const openAiAnswer = { choices: [{ message: { content: "hello" }, extra: 1 }], usage: {} };
const anthropicAnswer = { content: [{ type: "text", text: "hello" }, { type: "other" }], id: "x" };

describe("requests", () => {
  test.each(["draft", "final"] as const)("%s asks OpenAI's chat completions", async (role) => {
    const { ask, received, models } = await serve(json(openAiAnswer));
    expect(await ask(role)).toEqual({ kind: "text", text: "hello" });
    expect(models.provider(role)).toBe("OpenAI");
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({
      url: "/v1/chat/completions",
      headers: {
        authorization: `Bearer ${testKeys.OPENAI_API_KEY}`,
        "content-type": "application/json",
      },
    });
    expect(received[0]?.headers).not.toHaveProperty("x-api-key");
    expect(received[0]?.body).toEqual({
      model: `model of ${role}`,
      messages: [{ role: "user", content: '日本語 😀 "q"' }],
      temperature: 0.7,
      max_tokens: 2000,
    });
  });

  test("review asks Anthropic's messages", async () => {
    const { ask, received, models } = await serve(json(anthropicAnswer));
    expect(await ask("review")).toEqual({ kind: "text", text: "hello" });
    expect(models.provider("review")).toBe("Anthropic");
    expect(received[0]).toMatchObject({
      url: "/v1/messages",
      headers: { "x-api-key": testKeys.ANTHROPIC_API_KEY, "anthropic-version": "2023-06-01" },
    });
    expect(received[0]?.headers).not.toHaveProperty("authorization");
    expect(received[0]?.body).toEqual({
      model: "model of review",
      max_tokens: 2000,
      messages: [{ role: "user", content: '日本語 😀 "q"' }],
    });
  });
});

describe("answers", () => {
  const failed = (detail: RegExp) => ({ kind: "failed", detail: expect.stringMatching(detail) });

  test.each([
    [401, "draft", "Client"],
    [404, "review", "Client"],
    [429, "review", "Client"],
    [500, "draft", "Server"],
    [529, "review", "Server"],
  ] as const)(
    "status %i of %s may be asked again, and says what the API says",
    async (status, role, side) => {
      const { ask } = await serve(json({ error: { message: "quota used up" } }, status));
      expect(await ask(role)).toEqual(
        failed(
          new RegExp(
            `^${status} ${side} Error: .* for url: http://127\\.0\\.0\\.1:\\d+/v1/.*: quota used up$`,
          ),
        ),
      );
    },
  );

  test("an error page that is not JSON says its status only", async () => {
    const { ask } = await serve(bytes("<html>down</html>", 502));
    expect(await ask("draft")).toEqual(failed(/^502 Server Error: Bad Gateway for url: \S+$/));
  });

  test.each(["draft", "review"] as const)("a key the API repeats to %s is taken out", async (role) => {
    const both = `bad keys ${testKeys.OPENAI_API_KEY} and ${testKeys.ANTHROPIC_API_KEY}!`;
    const { ask } = await serve(json({ error: { message: both } }, 401));
    const answer = await ask(role);
    expect(answer).toEqual(failed(/: bad keys \[key\] and \[key\]!$/));
    for (const key of Object.values(testKeys)) expect(JSON.stringify(answer)).not.toContain(key);
  });

  test.each([
    ["draft", "not JSON", "<html>"],
    ["draft", "nothing", ""],
    ["draft", "half of it", JSON.stringify(openAiAnswer).slice(0, 20)],
    ["review", "not JSON", "<html>"],
  ] as const)("%s: a body that is %s may be asked again", async (role, _what, text) => {
    const { ask } = await serve(bytes(text));
    expect(await ask(role)).toEqual(failed(/^expected JSON as the answer/));
  });

  test.each([
    ["no choices", { error: 1 }],
    ["an empty list", { choices: [] }],
    ["no message", { choices: [{}] }],
    ["content that is a number", { choices: [{ message: { content: 5 } }] }],
    ["null", null],
  ])("OpenAI: %s cannot be used, and is not asked again", async (_what, value) => {
    const { ask, base } = await serve(json(value));
    expect(await ask("draft")).toEqual({
      kind: "unusable",
      url: `${base}/v1/chat/completions`,
      detail: "expected text or null, found an answer without it",
    });
  });

  test("OpenAI: content null is an answer without content; an empty text is one", async () => {
    const nothing = await serve(json({ choices: [{ message: { content: null } }] }));
    expect(await nothing.ask("final")).toEqual({ kind: "nothing" });
    const empty = await serve(json({ choices: [{ message: { content: "" } }] }));
    expect(await empty.ask("final")).toEqual({ kind: "text", text: "" });
  });

  test.each([
    ["an empty list", { content: [] }],
    ["no content", {}],
    ["a block without text", { content: [{ type: "tool_use" }] }],
    ["null", null],
  ])("Anthropic: %s may be asked again", async (_what, value) => {
    const { ask } = await serve(json(value));
    expect(await ask("review")).toEqual(failed(/^answer of \S+\/v1\/messages: expected content\[0\]\.text/));
  });

  test("a byte order mark before the JSON does no harm", async () => {
    const { ask } = await serve(bytes(`\uFEFF${JSON.stringify(openAiAnswer)}`));
    expect(await ask("draft")).toEqual({ kind: "text", text: "hello" });
  });

  test("an answer of many megabytes is given up", async () => {
    const { ask } = await serve(bytes(`"${"x".repeat(9_000_000)}"`));
    expect(await ask("draft")).toEqual(failed(/^answer of more than 8388608 bytes$/));
  });
});

describe("transport", () => {
  test.each(["draft", "review"] as const)("%s: a broken connection may be tried again", async (role) => {
    const { ask } = await serve((request) => request.socket.destroy());
    const answer = await ask(role);
    expect(answer.kind).toBe("failed");
    expect(answer).not.toMatchObject({ detail: "fetch failed" });
  });

  test("nobody listening is said in words", async () => {
    const { ask, models } = await serve(json(openAiAnswer));
    void ask;
    const closed = apiModels({
      openai: "http://127.0.0.1:9",
      anthropic: "http://127.0.0.1:9",
      keys: testKeys,
      openaiTimeoutMs: waitMs,
    });
    expect(models.provider("draft")).toBe("OpenAI");
    const answer = await closed.ask(
      { step: 1, role: "draft", model: "m", prompt: "p" },
      new AbortController().signal,
    );
    expect(answer.kind).toBe("failed");
  });

  test("OpenAI is waited for as long as the configuration says", async () => {
    const { ask } = await serve(() => undefined, 80);
    expect(await ask("draft")).toEqual({ kind: "failed", detail: "no answer within 0.08 seconds" });
  });

  test("the time limit also holds for an answer that never ends", async () => {
    const { ask } = await serve((_request, response) => void response.writeHead(200).write("{"), 80);
    expect(await ask("draft")).toEqual({ kind: "failed", detail: "no answer within 0.08 seconds" });
  });

  test("a redirect is not followed: the key would travel along", async () => {
    const { ask, received } = await serve((_request, response) => {
      response.writeHead(307, { Location: "/elsewhere" }).end();
    });
    expect((await ask("review")).kind).toBe("failed");
    expect(received).toHaveLength(1);
  });

  test("an aborted signal ends the waiting", async () => {
    const controller = new AbortController();
    const { ask } = await serve(() => controller.abort());
    expect(await ask("draft", controller.signal)).toEqual({ kind: "failed", detail: "cancelled" });
  });
});

describe("addresses", () => {
  const usual = { ok: true, openai: "https://api.openai.com/v1", anthropic: "https://api.anthropic.com" };

  test("without a word, the providers' own; the settings win over them; the environment over both", () => {
    expect(apiAddresses({ provider: "api" }, {})).toEqual(usual);
    expect(apiAddresses({ provider: "api" }, { OPENAI_BASE_URL: "", ANTHROPIC_BASE_URL: "" })).toEqual(usual);
    const settings = {
      provider: "api",
      openaiBaseUrl: "https://one.test/v1/",
      anthropicBaseUrl: "http://localhost:8080",
    } as const;
    expect(apiAddresses(settings, {})).toEqual({
      ok: true,
      openai: "https://one.test/v1",
      anthropic: "http://localhost:8080",
    });
    expect(
      apiAddresses(settings, {
        OPENAI_BASE_URL: "http://127.0.0.1:1/v2",
        ANTHROPIC_BASE_URL: "http://[::1]:2/",
      }),
    ).toEqual({ ok: true, openai: "http://127.0.0.1:1/v2", anthropic: "http://[::1]:2" });
  });

  test.each([
    ["http://api.openai.com/v1", "http to api.openai.com, which is another machine"],
    ["http://127.0.0.1.evil.test", "http to 127.0.0.1.evil.test, which is another machine"],
    ["http://localhost.evil.test", "http to localhost.evil.test, which is another machine"],
    ["http://10.0.0.1", "http to 10.0.0.1, which is another machine"],
    ["ftp://127.0.0.1", 'the scheme "ftp:"'],
    ["file:///etc/passwd", 'the scheme "file:"'],
    ["https://user:secret@api.test", "one with a user name or password in it"],
    ["https://api.test/?a=1", 'one with "?" or "#" in it'],
    ["api.openai.com", "text that is not an address"],
  ])("%s is refused", (address, found) => {
    const problem = (setting: string) =>
      `${setting}: expected an https address (or http on 127.0.0.1, localhost or [::1]), found ${found}`;
    expect(apiAddresses({ provider: "api" }, { OPENAI_BASE_URL: address })).toEqual({
      ok: false,
      problem: problem("OPENAI_BASE_URL"),
    });
    expect(apiAddresses({ provider: "api", anthropicBaseUrl: address }, {})).toEqual({
      ok: false,
      problem: problem(".gatehouse/tos.json: models.anthropicBaseUrl"),
    });
  });
});

import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One reply of an API, as `responses.json` of a recorded run has it; `hang`: none ever comes. */
export interface ScriptedReply {
  readonly provider: "openai" | "anthropic";
  readonly kind: "content" | "http" | "exception" | "empty" | "hang";
  readonly content?: string | null;
  readonly status?: number;
  readonly reason?: string;
  readonly body?: string;
}

/** A request as it came, or a wait between two; in their order. */
export type TraceEntry =
  | {
      readonly path: string;
      readonly method: string;
      readonly headers: Readonly<Record<string, string | string[] | undefined>>;
      readonly body: string;
      readonly scripted: string;
    }
  | { readonly sleep: number };

export interface FakeApis {
  readonly openaiBaseUrl: string;
  readonly anthropicBaseUrl: string;
  readonly trace: TraceEntry[];
  close(): Promise<void>;
}

/** Both APIs on one loopback address, answering in order from a script, whatever is asked. */
export async function startFakeApis(replies: readonly ScriptedReply[]): Promise<FakeApis> {
  const trace: TraceEntry[] = [];
  let next = 0;
  const server = createServer((request, response) => {
    void answer(request, response);
  });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const reply = replies[next];
    next += 1;
    trace.push({
      path: request.url ?? "",
      method: request.method ?? "",
      headers: request.headers,
      body: Buffer.concat(chunks).toString("utf8"),
      scripted: reply === undefined ? "nothing left" : reply.kind,
    });
    send(reply, request, response);
  }
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    openaiBaseUrl: `${base}/v1`,
    anthropicBaseUrl: base,
    trace,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function send(reply: ScriptedReply | undefined, request: IncomingMessage, response: ServerResponse): void {
  const isAnthropic = request.url === "/v1/messages";
  if (reply === undefined || isAnthropic !== (reply.provider === "anthropic")) {
    response.writeHead(599, "Not in the script").end();
  } else if (reply.kind === "exception") {
    request.socket.destroy();
  } else if (reply.kind === "http") {
    response.writeHead(reply.status ?? 500, reply.reason ?? "").end(reply.body ?? "");
  } else if (reply.kind !== "hang") {
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(bodyOf(reply)));
  }
}

function bodyOf({ provider, kind, content }: ScriptedReply): unknown {
  if (provider === "openai") return { choices: [{ message: { role: "assistant", content } }] };
  return { content: kind === "empty" ? [] : [{ type: "text", text: content }] };
}

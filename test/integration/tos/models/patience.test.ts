import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { dispatcherWaiting } from "../../../../main/tos/models/patience";

/** An API that begins no answer before it is told to. */
async function slowServer(): Promise<{ readonly url: string; answer(): void }> {
  const waiting: ServerResponse[] = [];
  const server = createServer((_request, response) => void waiting.push(response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: () => {
      for (const response of waiting) response.end("{}");
    },
  };
}

type Dispatcher = NonNullable<ReturnType<typeof dispatcherWaiting>>;

// Browsers' types, which tests have too, know no dispatcher.
function ask(url: string, dispatcher: Dispatcher): Promise<Response> {
  return fetch(url, { dispatcher } as RequestInit);
}

test("this platform's fetch waits as long as it is told to, and with 0 without a limit of its own", async () => {
  const { url, answer } = await slowServer();
  const impatient = dispatcherWaiting(500);
  const patient = dispatcherWaiting(0);
  if (impatient === undefined || patient === undefined) throw new Error("fetch has no dispatcher to ask for");
  const waited = ask(url, patient);
  await expect(ask(url, impatient)).rejects.toMatchObject({
    cause: { code: "UND_ERR_HEADERS_TIMEOUT" },
  });
  answer();
  expect((await waited).status).toBe(200);
});

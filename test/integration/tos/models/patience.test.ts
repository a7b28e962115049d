import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { dispatcherWaiting } from "../../../../main/tos/models/patience";

/** An API that takes a while to begin its answer. */
async function slowServer(delayMs: number): Promise<string> {
  const server = createServer((_request, response) => {
    setTimeout(() => response.end("{}"), delayMs);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

type Dispatcher = NonNullable<ReturnType<typeof dispatcherWaiting>>;

// Browsers' types, which tests have too, know no dispatcher.
function ask(url: string, dispatcher: Dispatcher): Promise<Response> {
  return fetch(url, { dispatcher } as RequestInit);
}

test("this platform's fetch waits as long as it is told to, and with 0 without a limit of its own", async () => {
  const url = await slowServer(3_000);
  const impatient = dispatcherWaiting(500);
  const patient = dispatcherWaiting(0);
  if (impatient === undefined || patient === undefined) throw new Error("fetch has no dispatcher to ask for");
  // The platform looks at its limits once a second, so a longer answer is needed to see one hold.
  await expect(ask(url, impatient)).rejects.toMatchObject({
    cause: { code: "UND_ERR_HEADERS_TIMEOUT" },
  });
  expect((await ask(url, patient)).status).toBe(200);
});

import { z } from "zod";

const targetsSchema = z.array(z.object({ id: z.string(), type: z.string() }));

/**
 * Gives the browser an empty page in place of all it has, through the debugging port's own HTTP interface: a page whose
 * script never ends answers nothing else. Rejects when the browser does not answer.
 */
export async function replacePages(port: number): Promise<void> {
  const base = `http://127.0.0.1:${port}/json`;
  const targets = targetsSchema.parse(await (await ask(`${base}/list`, "GET")).json());
  await ask(`${base}/new?about:blank`, "PUT");
  for (const { id, type } of targets) if (type === "page") await ask(`${base}/close/${id}`, "GET");
}

async function ask(url: string, method: "GET" | "PUT"): Promise<Response> {
  return fetch(url, { method, signal: AbortSignal.timeout(5_000) });
}

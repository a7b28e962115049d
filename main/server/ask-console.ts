import type { ServerAddress } from "../host/workspace-claim";

/** Posts to a console that is being served, with the secret it announced; gives the JSON it answers. Rejects as `fetch` does. */
export async function askConsole(
  { url, bearer }: ServerAddress,
  path: string,
  body: unknown,
  withinMs: number,
): Promise<unknown> {
  const response = await fetch(`${url}${path}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${bearer}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
    redirect: "error",
    signal: AbortSignal.timeout(withinMs),
  });
  return response.json();
}

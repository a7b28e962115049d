import { dispatcherWaiting } from "./patience";

/** Longest answer that is read, in bytes; 2,000 tokens come nowhere near it. */
const maximumAnswerBytes = 8_388_608;

/** Longest timer the platform keeps, in milliseconds; a longer one would fire at once. */
const longestTimerMs = 2_147_483_647;

/** Characters of an API's own error message that are passed on. */
const shownMessage = 500;

export interface Exchange {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** Milliseconds for the whole exchange. */
  readonly timeoutMs: number;
}

/** `failed`: no usable HTTP answer came; `detail` says why, and may hold whatever the other side sent. */
export type ExchangeResult =
  | { readonly kind: "answered"; readonly value: unknown }
  | { readonly kind: "failed"; readonly detail: string };

let patient: ReturnType<typeof dispatcherWaiting>;

/** Posts JSON and reads the JSON that comes back. Never rejects; redirects are refused, because a key would travel along. */
export async function postJson(exchange: Exchange, signal: AbortSignal): Promise<ExchangeResult> {
  const timeout = AbortSignal.timeout(Math.min(Math.max(1, exchange.timeoutMs), longestTimerMs));
  try {
    patient ??= dispatcherWaiting(0);
    const response = await fetch(exchange.url, {
      method: "POST",
      headers: { ...exchange.headers, "Content-Type": "application/json" },
      body: JSON.stringify(exchange.body),
      redirect: "error",
      ...(patient === undefined ? {} : { dispatcher: patient }),
      signal: AbortSignal.any([signal, timeout]),
    });
    const text = await readBounded(response);
    if (!response.ok) return { kind: "failed", detail: describeStatus(response, exchange.url, text) };
    return parseAnswer(text);
  } catch (error) {
    if (signal.aborted) return { kind: "failed", detail: "cancelled" };
    if (timeout.aborted)
      return { kind: "failed", detail: `no answer within ${exchange.timeoutMs / 1_000} seconds` };
    return { kind: "failed", detail: describeFailure(error) };
  }
}

async function readBounded(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > maximumAnswerBytes) throw new Error(`answer of more than ${maximumAnswerBytes} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parseAnswer(text: string): ExchangeResult {
  try {
    return { kind: "answered", value: JSON.parse(text) };
  } catch {
    return {
      kind: "failed",
      detail: `expected JSON as the answer, found ${text.length} characters that are not`,
    };
  }
}

/** As the reference words it, with the API's own message behind it: `401 Client Error: Unauthorized for url: …`. */
function describeStatus({ status, statusText }: Response, url: string, text: string): string {
  const side = status < 500 ? "Client" : "Server";
  const line = `${status} ${side} Error: ${statusText} for url: ${url}`;
  const message = messageIn(text).slice(0, shownMessage);
  return message === "" ? line : `${line}: ${message}`;
}

/** The message both APIs put into an error: `{"error": {"message": "…"}}`. */
function messageIn(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: { message?: unknown } };
    return typeof error?.message === "string" ? error.message : "";
  } catch {
    return "";
  }
}

function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // `fetch failed` says nothing; what failed is its cause.
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  const { code } = cause as NodeJS.ErrnoException;
  const words = cause.message === "" ? (code ?? error.message) : cause.message;
  return code === undefined || words.includes(code) ? words : `${words} (${code})`;
}

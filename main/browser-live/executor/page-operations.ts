import { errors, type Locator, type Page } from "playwright";
import { accessibilityTreeSchema, screenshotSvg, usableElements } from "#domain/browser-live/page-snapshot";
import type { ExecutorRequest, Refusal } from "#domain/browser-live/executor-request";

/** What an operation came to: the answer's body, or why it is not a success. */
export type OperationOutcome =
  { readonly body: Readonly<Record<string, unknown>> } | { readonly refusal: Refusal };

/** Milliseconds left until a deadline that was set when the operation began; at least 1, since 0 means forever here. */
export type Remaining = () => number;

/** Opens the request's URL and waits until it has loaded. A page that answers 400 or above is not a success. */
export async function navigate(
  page: Page,
  request: ExecutorRequest,
  remaining: Remaining,
): Promise<OperationOutcome> {
  try {
    const response = await page.goto(request.url, { timeout: remaining(), waitUntil: "load" });
    const status = response?.status() ?? 200;
    // A server's own failure may pass next time; a page that is not there is the case's fault.
    if (status >= 500) return refuse("backend_unavailable", `${request.url} answered ${status}`);
    if (status >= 400) return refuse("invalid_url", `${request.url} answered ${status}`);
  } catch (error) {
    const failure = /net::(ERR_\w+)/.exec(messageOf(error))?.[1];
    if (failure === undefined) throw error;
    const invalid = /^ERR_(INVALID_URL|UNKNOWN_URL_SCHEME|DISALLOWED_URL_SCHEME|FILE_NOT_FOUND)$/;
    return refuse(
      invalid.test(failure) ? "invalid_url" : "backend_unavailable",
      `${request.url}: ${failure}`,
    );
  }
  return {
    body: {
      status: "ok",
      operation: "navigate",
      url: request.url,
      title: await page.title(),
      dom_nodes: await page.locator("*").count(),
    },
  };
}

/** Lists what can be used on the page; `number` counts the snapshots of this browser from 1. */
export async function snapshot(page: Page, number: number): Promise<OperationOutcome> {
  const protocol = await page.context().newCDPSession(page);
  const tree = accessibilityTreeSchema.parse(await protocol.send("Accessibility.getFullAXTree"));
  await protocol.detach();
  return {
    body: {
      status: "ok",
      operation: "snapshot",
      snapshot_id: `snapshot-${number}`,
      elements: usableElements(tree),
    },
  };
}

/** Clicks, types into or waits for the first element the selector finds, as often as asked, all within one deadline. */
export async function act(
  page: Page,
  request: ExecutorRequest,
  remaining: Remaining,
): Promise<OperationOutcome> {
  const element = page.locator(request.selector).first();
  try {
    for (let done = 0; done < request.action_repeat_count; done += 1)
      await actOnce(element, request, remaining());
    await page.waitForLoadState("load", { timeout: remaining() });
  } catch (error) {
    // Waiting for something that never comes is a timeout; using something that never came is a wrong selector.
    if (error instanceof errors.TimeoutError && (request.action === "wait" || (await element.count()) > 0))
      throw error;
    if (error instanceof errors.TimeoutError)
      return refuse("invalid_selector", `no element matches '${request.selector}'`);
    if (/selector|Unknown engine|not an <(input|select)>|Malformed/i.test(messageOf(error)))
      return refuse("invalid_selector", `'${request.selector}': ${firstLine(messageOf(error))}`);
    throw error;
  }
  return {
    body: {
      status: "ok",
      operation: "action",
      action: request.action,
      selector: request.selector,
      repeat_count: request.action_repeat_count,
      text: request.text,
      timeout_ms: request.timeout_ms,
    },
  };
}

async function actOnce(element: Locator, request: ExecutorRequest, timeout: number): Promise<void> {
  switch (request.action) {
    case "click":
      return element.click({ timeout });
    case "type":
      // Fails on what cannot be typed into, where key presses alone would be lost without a word.
      await element.isEditable({ timeout });
      return element.pressSequentially(request.text, { timeout });
    default:
      return element.waitFor({ state: "visible", timeout });
  }
}

/** The page's current DOM as HTML. */
export async function captureDom(page: Page): Promise<string> {
  return page.content();
}

/** What the page looks like, as the picture the protocol carries. */
export async function captureScreenshot(page: Page, timeoutMs: number): Promise<string> {
  const png = await page.screenshot({ type: "png", timeout: timeoutMs, animations: "disabled" });
  // Width and height stand at fixed places in a PNG's first chunk.
  return screenshotSvg(png.toString("base64"), png.readUInt32BE(16), png.readUInt32BE(20));
}

function refuse(reason: Refusal["reason"], detail: string): OperationOutcome {
  return { refusal: { reason, detail } };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A message without the call log that Playwright appends. */
export function firstLine(message: string): string {
  return message.split("\n", 1)[0]?.trim() ?? "";
}

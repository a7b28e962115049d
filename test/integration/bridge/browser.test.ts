import { chromium, type Browser, type Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBridgeServer, type BridgeServer } from "../../support/bridge-server";
import { createBridgeWorkspace, type BridgeWorkspace } from "../../support/bridge-workspace";
import { waitMs } from "../../support/limits";
import { countViolations, readViolations } from "../../support/violations";
import { waitUntil } from "../../support/wait-until";

/** Debian's browser: the one the live runner drives too. */
const executablePath = "/usr/bin/chromium";

describe("the served console in a browser", () => {
  let workspace: BridgeWorkspace;
  let bridge: BridgeServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    workspace = await createBridgeWorkspace();
    await workspace.appendCycles("voice", 3);
    bridge = await startBridgeServer(workspace.path);
    browser = await chromium.launch({
      executablePath,
      chromiumSandbox: process.getuid?.() !== 0,
      timeout: waitMs,
    });
    page = await browser.newPage();
    page.setDefaultTimeout(waitMs);
    await countViolations(page);
  });
  afterAll(async () => {
    await browser?.close();
    await bridge?.close();
    await workspace?.remove();
  });

  const shows = (text: string): Promise<void> => page.getByText(text, { exact: true }).first().waitFor();

  it("opens with the printed link, and hides the token from the address", async () => {
    await page.goto(bridge.server.issueLink());
    expect(page.url()).toBe(`${bridge.server.origin}/`);
    await shows("Bridge");
    await shows("Connected");
  });

  it("keeps the session from scripts", async () => {
    expect(await page.evaluate(() => document.cookie)).toBe("");
    expect((await page.context().cookies()).map(({ httpOnly, sameSite }) => [httpOnly, sameSite])).toEqual([
      [true, "Strict"],
    ]);
  });

  it("resumes with the browser's own event source when the network comes back", async () => {
    const told = await page.evaluateHandle(async () => {
      const answer = await fetch("/api/console.snapshot", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: "{}",
      });
      const since = ((await answer.json()) as { value: { sequence: number } }).value.sequence;
      const seen = { since, ids: [] as number[], opened: 0, failed: 0 };
      const source = new EventSource(`/api/events?since=${since}`);
      source.addEventListener("open", () => (seen.opened += 1));
      source.addEventListener("error", () => (seen.failed += 1));
      source.addEventListener("message", (event) => seen.ids.push(Number(event.lastEventId)));
      return seen;
    });
    await waitUntil("the stream is open", () => told.evaluate((seen) => seen.opened === 1));
    await workspace.appendCycles("voice", 1);
    await waitUntil("first event", () => told.evaluate((seen) => seen.ids.length > 0));
    bridge.server.dropConnections();
    await workspace.appendCycles("voice", 1);
    await waitUntil("the stream is open again", () => told.evaluate((seen) => seen.opened === 2));
    await workspace.appendCycles("voice", 1);
    const { sequence } = (await bridge.transport
      .invoke("console.snapshot", {})
      .then((envelope) => (envelope.ok ? envelope.value : {}))) as { sequence: number };
    await waitUntil("everything", () =>
      told.evaluate((seen, last) => (seen.ids.at(-1) ?? 0) >= last, sequence),
    );
    const { ids, since, failed } = await told.evaluate((seen) => seen);
    expect(ids).toEqual(ids.map((_, index) => since + 1 + index));
    expect(failed).toBeGreaterThan(0);
    await shows("Connected");
  });

  it("refuses another page's attempt to read or change anything", async () => {
    const stranger = await browser.newContext();
    const tab = await stranger.newPage();
    await tab.goto("data:text/html,<title>stranger</title>");
    const attempts = await tab.evaluate(async (origin) => {
      const outcome = (attempt: Promise<Response>): Promise<string> =>
        attempt.then(
          (response) => response.type,
          () => "blocked",
        );
      return Promise.all([
        outcome(
          fetch(`${origin}/api/console.snapshot`, { method: "POST", credentials: "include", body: "{}" }),
        ),
        outcome(
          fetch(`${origin}/api/console.snapshot`, {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: "{}",
          }),
        ),
        outcome(fetch(`${origin}/`)),
      ]);
    }, bridge.server.origin);
    expect(attempts).toEqual(["blocked", "blocked", "blocked"]);
    const answer = await tab.goto(`${bridge.server.origin}/`);
    expect(answer?.status()).toBe(401);
    await stranger.close();
  });

  it("violates its content security policy nowhere on a walk through its views", async () => {
    for (const view of ["Voice", "Browser automation", "Dashboard", "Custom command", "Memory"]) {
      await page
        .getByRole("link", { name: new RegExp(view) })
        .first()
        .click();
      await page.getByRole("heading", { name: view }).first().waitFor();
    }
    expect(await readViolations(page)).toEqual([]);
  });

  it("counts a violation when there is one", async () => {
    await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "window.injected = true";
      document.head.append(script);
    });
    const violations = await waitUntil("a violation", async () => {
      const found = await readViolations(page);
      return found.length > 0 ? found : null;
    });
    expect(violations[0]).toMatch(/^script-src-elem inline/);
    expect(await page.evaluate(() => "injected" in window)).toBe(false);
  });
});

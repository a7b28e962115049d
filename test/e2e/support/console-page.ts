import { AxeBuilder } from "@axe-core/playwright";
import { chromium, type Browser, type Page } from "playwright";
import { expect, onTestFinished } from "vitest";
import { findChromium } from "../../../resources/setup/chromium.mjs";
import { waitMs } from "../../support/limits";
import { serveConsole } from "./served-console";
import type { ObservedWorkspace } from "./observed-workspace";

declare global {
  interface Window {
    gatehouseViolations: string[];
    gatehouseShift: number;
  }
}

export interface PageOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: "dark" | "light";
  /** Where to go first; the overview when left out. */
  readonly hash?: string;
}

/** Launches the machine's browser; without it a test cannot run, and says so. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await findChromium();
  if (executablePath === undefined)
    throw new Error("No Chromium found: install the Debian package chromium, or set GATEHOUSE_CHROMIUM.");
  return chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
}

/** The browser's own words for a lost connection or a refused request, which a test may have wanted. */
const networkMessage = /^Failed to load resource/;

/**
 * Opens the console at a link and waits for the first figures. When the test ends, the page is closed, and any
 * violation of the content security policy, uncaught error or console error fails the test.
 */
export async function openPage(browser: Browser, link: string, options: PageOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1_280, height: options.height ?? 800 },
    colorScheme: options.theme ?? "dark",
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(waitMs);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(`uncaught: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    if (!networkMessage.test(message.text())) problems.push(`${message.type()}: ${message.text()}`);
  });
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (response.status() >= 400 && !pathname.startsWith("/api/"))
      problems.push(`${response.status()} for ${pathname}`);
  });
  await page.addInitScript(() => {
    window.gatehouseViolations = [];
    window.gatehouseShift = 0;
    document.addEventListener("securitypolicyviolation", (event) => {
      window.gatehouseViolations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        window.gatehouseShift += (entry as PerformanceEntry & { value: number }).value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  onTestFinished(async () => {
    const violations = await page.evaluate(() => window.gatehouseViolations);
    await context.close();
    expect({ violations, problems }).toEqual({ violations: [], problems: [] });
  });
  await page.goto(link);
  await page.waitForFunction(() => document.documentElement.dataset["ready"] === "true");
  if (options.hash !== undefined) await goTo(page, options.hash);
  return page;
}

/** Goes to a place of the console as a link would. */
export async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    window.location.hash = to;
  }, hash);
}

/** Serves the workspace and opens it; both end, and the workspace is removed, when the test ends. */
export async function openWorkspace(
  browser: Browser,
  workspace: ObservedWorkspace,
  options: PageOptions = {},
): Promise<Page> {
  const served = await serveConsole(workspace.path);
  onTestFinished(async () => {
    await served.stop();
    await workspace.remove();
  });
  return openPage(browser, served.link, options);
}

/** What axe finds on the page as it stands, one line per finding; by all its rules, or by those that are named. */
export async function axeFindings(page: Page, rules: readonly string[] = []): Promise<string[]> {
  // Base UI's focus guards can be focused only to send the focus on, and are hidden for that reason.
  // There are no frames in it, so that axe needs no second page to put their results together, and only what it finds is
  // looked at: both take several times as long as the search.
  const builder = new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ["violations"] })
    .exclude("[data-base-ui-focus-guard]");
  const { violations } = await (rules.length === 0 ? builder : builder.withRules([...rules])).analyze();
  return violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.target.join(" ")}: ${node.failureSummary ?? ""}`),
  );
}

import type { Page } from "playwright";

const key = "contentSecurityPolicyViolations";

/** Notes every violation of the content security policy in every page that is loaded from now on. */
export async function countViolations(page: Page): Promise<void> {
  await page.addInitScript((name) => {
    const found: string[] = [];
    Object.assign(window, { [name]: found });
    document.addEventListener("securitypolicyviolation", (event) => {
      found.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  }, key);
}

/** What was noted on the present page: directive, what was blocked, and where. Rejects when nothing was listening. */
export async function readViolations(page: Page): Promise<string[]> {
  const found = await page.evaluate((name) => (window as unknown as Record<string, string[]>)[name], key);
  if (found === undefined) throw new Error("Violations were not counted on this page: load it again.");
  return found;
}

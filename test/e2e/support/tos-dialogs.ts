import type { Locator, Page } from "playwright";
import { expect } from "vitest";
import { focusArrives } from "../../support/key-presses";
import { tabTo } from "./keyboard";

/** The dialog that asks for something; passing notices have the same role, and no form. */
export function openDialog(page: Page): Locator {
  return page.getByRole("dialog").filter({ has: page.locator("form") });
}

/** Waits until the window knows that an operation has a rule to be acknowledged: a dialog may then be decided on. */
export async function standsInTheWay(page: Page, rule: string, operation: string): Promise<void> {
  const button = page.locator(`[data-operation="${operation}"]`);
  const described = (): Promise<string> =>
    button.evaluate(
      (element) => document.getElementById(element.getAttribute("aria-describedby") ?? "")?.textContent ?? "",
    );
  await expect.poll(described).toContain(rule);
}

/** Acknowledges every rule of the dialog that is open, gives a reason, and confirms; by mouse. Resolves once it is closed. */
export async function decideByMouse(page: Page, reason: string): Promise<void> {
  const dialog = openDialog(page);
  for (const box of await dialog.getByRole("checkbox", { name: /^(Acknowledge|Override) G/ }).all())
    await box.check();
  await dialog.locator("textarea").fill(reason);
  await dialog.getByTestId("confirm").click();
  await dialog.waitFor({ state: "detached" });
}

/** The same by keyboard alone: the reason has the focus, the rules stand before it. */
export async function decideByKeyboard(page: Page, reason: string): Promise<void> {
  const dialog = openDialog(page);
  await focusArrives(page, "[role=dialog] textarea");
  await page.keyboard.type(reason);
  for (let left = await dialog.getByRole("checkbox").count(); left > 0; left -= 1) {
    await tabTo(page, "input[type=checkbox]:not(:checked)", "Shift+Tab");
    await page.keyboard.press("Space");
  }
  await tabTo(page, "[data-testid=confirm]");
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
}

/** Waits until the newest operation on the repository is this one and has ended, and gives its exit code. */
export async function endedOperation(page: Page, operation: string, subject = ""): Promise<string> {
  const output = page.locator(`[data-run-operation="${operation}"][data-run-state="ended"]`);
  await (subject === "" ? output : output.filter({ hasText: subject })).waitFor();
  return (await output.getAttribute("data-exit-code")) ?? "";
}

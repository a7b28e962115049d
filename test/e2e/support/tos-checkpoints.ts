import type { Browser, Locator, Page } from "playwright";
import { expect } from "vitest";
import { gitIn } from "../../support/tos/git-in";
import { openWorkspace, type PageOptions } from "./console-page";
import { ask } from "./rollout-workspace";
import { endedOperation, openDialog } from "./tos-dialogs";
import { commandsReply, goalCommand, type TosWorkspace } from "./tos-workspace";

/** Serves a workspace with the project, its models deciding on what reaches the goal, and opens its checkpoints. */
export async function openCheckpoints(
  browser: Browser,
  tos: TosWorkspace,
  options: PageOptions = {},
): Promise<Page> {
  await tos.script([commandsReply(goalCommand)], 0);
  const page = await openWorkspace(browser, tos.workspace, { hash: "#/tos/checkpoints", ...options });
  await page.getByTestId("tos-page").waitFor();
  return page;
}

/** The button of an operation that stands on every tab. */
export function operationButton(page: Page, name: RegExp): Locator {
  return page.getByRole("group", { name: "Operations" }).getByRole("button", { name });
}

/** Makes a checkpoint by mouse, under another name than the proposed one. */
export async function makeCheckpoint(page: Page, name: string): Promise<void> {
  await operationButton(page, /^Checkpoint/).click();
  const field = openDialog(page).getByLabel(/^Name;/);
  expect(await field.inputValue()).toMatch(/^daily_\d{8}/);
  await field.fill(name);
  await openDialog(page).getByTestId("confirm").click();
  await openDialog(page).waitFor({ state: "detached" });
  expect(await endedOperation(page, "checkpoint", name)).toBe("0");
}

/** Subject of the commit the branch stands at. */
export function headSubject(tos: TosWorkspace): Promise<string> {
  return gitIn(tos.root, "log", "-1", "--format=%s");
}

/** Has the host read the project at once, as it does before an answer about it; by itself it looks every few seconds. */
export async function readAnew(page: Page): Promise<void> {
  await ask(page, "tos.failureReport", {});
}

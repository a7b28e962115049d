import { readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gitIn } from "../support/tos/git-in";
import { axeFindings, launchBrowser } from "./support/console-page";
import { takePictures } from "./support/pictures";
import { headSubject, makeCheckpoint, openCheckpoints, readAnew } from "./support/tos-checkpoints";
import { decideByMouse, endedOperation, openDialog } from "./support/tos-dialogs";
import { tosWorkspace, type TosWorkspace } from "./support/tos-workspace";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** Commits a change as somebody at a terminal would. */
async function commitOutside(tos: TosWorkspace, file: string, text: string, message: string): Promise<void> {
  await writeFile(join(tos.root, file), text);
  await gitIn(tos.root, "add", file);
  const kenji = ["-c", "user.name=Kenji", "-c", "user.email=kenji@example.org"];
  await gitIn(tos.root, ...kenji, "commit", "-q", "-m", message);
}

describe("a rollback", () => {
  it("is refused on a tree that is not clean; it is settled by stash or discard, each asked for", async () => {
    const tos = await tosWorkspace();
    const page = await openCheckpoints(browser, tos);
    await makeCheckpoint(page, "clean");
    await commitOutside(tos, "later.md", "later\n", "Write something later");
    await writeFile(join(tos.root, "メモ.txt"), "not kept anywhere\n");
    await page.locator("[data-tree=dirty]").waitFor();
    await page.keyboard.press("b");
    const dialog = openDialog(page);
    await dialog.locator("[data-preview]").waitFor();
    expect(await dialog.getByTestId("obstacles").innerText()).toMatch(
      /^working tree is dirty[^\n]*メモ\.txt$/,
    );
    await dialog.locator("textarea").fill("it must not go on");
    expect(await dialog.getByTestId("confirm").isDisabled()).toBe(true);
    await dialog.getByRole("button", { name: "Show the files" }).click();
    expect(await dialog.innerText()).toMatch(/untracked\s+メモ\.txt/);
    await takePictures(page, "tos-rollback-dirty");

    await dialog.locator("[data-settle=stash]").click();
    await dialog.getByText("Stash the changes").first().waitFor();
    expect(await dialog.innerText()).toContain("メモ.txt");
    await decideByMouse(page, "後で使う");
    expect(await endedOperation(page, "stash")).toBe("0");
    await page.locator("[data-tree=clean]").waitFor();
    expect(await gitIn(tos.root, "stash", "list")).toContain("stash@{0}");

    await writeFile(join(tos.root, "later.md"), "changed\n");
    // A new name in the project's folder is noticed at once.
    await writeFile(join(tos.root, "new too.md"), "new too\n");
    await readAnew(page);
    await page.locator("[data-settle=compare]").click();
    await page.locator("[data-diff=added]").filter({ hasText: "changed" }).waitFor();
    await page.locator("[data-settle=discard]").click();
    // Another change while the dialog is open: it must be looked at first.
    await dialog.locator("textarea").fill("not wanted");
    await writeFile(join(tos.root, "later.md"), "changed again\n");
    await writeFile(join(tos.root, "new.md"), "new\n");
    await readAnew(page);
    await dialog.getByTestId("decide-anew").click();
    expect(await dialog.innerText()).toContain("new.md");
    await decideByMouse(page, "not wanted");
    expect(await endedOperation(page, "discard")).toBe("0");
    await page.locator("[data-tree=clean]").waitFor();
    expect(await readFile(join(tos.root, "later.md"), "utf8")).toBe("later\n");

    const kept = page.locator("[data-recovery=done]").filter({ hasText: "not wanted" });
    await kept.getByRole("button", { name: /^Undo/ }).click();
    await dialog.locator("[data-preview]").waitFor();
    await decideByMouse(page, "wanted after all");
    expect(await endedOperation(page, "undo")).toBe("0");
    expect(await readFile(join(tos.root, "later.md"), "utf8")).toBe("changed again\n");
    expect(await readFile(join(tos.root, "new.md"), "utf8")).toBe("new\n");
  });

  it("is decided on what is shown: a preview that no longer holds is shown anew, and the reason stays", async () => {
    const tos = await tosWorkspace();
    const page = await openCheckpoints(browser, tos);
    await makeCheckpoint(page, "target");
    await commitOutside(tos, "docs/one.md", "one\n", "First commit after it");
    await readAnew(page);
    await page.getByText("1 commit after").waitFor();
    await page.keyboard.press("b");
    const dialog = openDialog(page);
    const commits = dialog.locator("[data-preview-commit]");
    await expect.poll(() => commits.count()).toBe(1);
    for (const box of await dialog.getByRole("checkbox").all()) await box.check();
    await dialog.locator("textarea").fill("looked at one commit");
    await commitOutside(tos, "docs/two.md", "two\n", "Second commit after it");
    await readAnew(page);
    await dialog.getByText("What would go has changed since you looked.").waitFor();
    await expect.poll(() => commits.count()).toBe(2);
    expect(await dialog.getByTestId("confirm").isDisabled()).toBe(true);
    expect(await dialog.locator("textarea").inputValue()).toBe("looked at one commit");
    await dialog.getByTestId("decide-anew").click();

    // Somebody commits between the click and the host: the host refuses what the window could not know of.
    await page.route(
      "**/api/tos.launch",
      async (route) => {
        await commitOutside(tos, "docs/three.md", "three\n", "Third commit after it");
        await route.continue();
      },
      { times: 1 },
    );
    await dialog.getByTestId("confirm").click();
    await dialog.getByText("conflict").waitFor();
    await expect.poll(() => commits.count()).toBe(3);
    expect(await dialog.locator("textarea").inputValue()).toBe("looked at one commit");
    await dialog.getByTestId("decide-anew").click();
    expect(await dialog.getByText("conflict").count()).toBe(0);
    await dialog.getByTestId("confirm").click();
    await dialog.waitFor({ state: "detached" });
    expect(await endedOperation(page, "rollback")).toBe("0");
    expect(await headSubject(tos)).toBe("CHECKPOINT target");

    // The record of a rollback that was killed before its end says `open`.
    const records = join(tos.root, ".gatehouse/tos/recoveries");
    const [record = ""] = await readdir(records);
    const told = await readFile(join(records, record), "utf8");
    expect(told).toMatch(/"state": ?"done"/);
    await writeFile(join(records, record), told.replace(/("state": ?)"done"/, '$1"open"'));
    // The repository is looked at again when its index is another.
    await utimes(join(tos.root, ".git/index"), new Date(), new Date());
    await readAnew(page);
    const banner = page.getByTestId("interrupted");
    await banner.waitFor();
    expect(await banner.innerText()).toContain("looked at one commit");
    await takePictures(page, "tos-interrupted");
    await page.getByTestId("finish-interrupted").click();
    await decideByMouse(page, "carry it to its end");
    expect(await endedOperation(page, "finish")).toBe("0");
    await banner.waitFor({ state: "detached" });
  });

  it("has nothing to go back to where there is no repository, and says so instead of figures", async () => {
    const tos = await tosWorkspace();
    await rm(join(tos.root, ".git"), { recursive: true });
    const page = await openCheckpoints(browser, tos);
    await page.getByTestId("no-repository").getByText("git init").waitFor();
    expect(await page.locator("[data-tree]").count()).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
    await gitIn(tos.root, "init", "-q");
    await gitIn(tos.root, "config", "user.name", "Aiko");
    await gitIn(tos.root, "config", "user.email", "aiko@example.org");
    await readAnew(page);
    await page.getByText("no commit yet", { exact: true }).waitFor();
    await makeCheckpoint(page, "the first");
    expect(await headSubject(tos)).toBe("CHECKPOINT the first");
    await page
      .getByRole("grid", { name: /^Checkpoints/ })
      .getByText("the first")
      .waitFor();
  });
});

import { chmod, mkdir, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { keepFolder, keptFolderProblem } from "../../../resources/setup/kept-folder.mjs";
import { temporaryFolder } from "../../support/temporary-folder";

async function kept(): Promise<string> {
  const parent = await temporaryFolder();
  const fresh = join(parent, "fresh");
  await mkdir(join(fresh, "deep"), { recursive: true });
  await writeFile(join(fresh, "program"), "12345", { mode: 0o755 });
  await writeFile(join(fresh, "deep", "data"), "67890");
  const folder = join(parent, "kept");
  await keepFolder(fresh, folder, "seal");
  return folder;
}

describe("a kept folder", () => {
  it("is used as it was kept", async () => {
    expect(await keptFolderProblem(await kept(), "seal")).toBe("");
  });

  it("is missing when there is none", async () => {
    expect(await keptFolderProblem(join(await temporaryFolder(), "none"), "seal")).toBe("missing");
  });

  it.each<[string, string, (folder: string) => Promise<void>]>([
    ["a file is gone", "deep/data is missing", (folder) => rm(join(folder, "deep", "data"))],
    ["a file is cut", "program was changed", (folder) => truncate(join(folder, "program"), 3)],
    ["a file is rewritten", "deep/data was changed", (folder) => utimes(join(folder, "deep/data"), 1, 1)],
    [
      "a program lost its permission",
      "program was changed",
      (folder) => chmod(join(folder, "program"), 0o644),
    ],
    ["a file was added", "extra was added", (folder) => writeFile(join(folder, "extra"), "")],
    ["the inventory is gone", "it has no inventory", (folder) => rm(join(folder, ".inventory.json"))],
    [
      "the inventory is cut",
      "its inventory is not JSON",
      (folder) => truncate(join(folder, ".inventory.json"), 9),
    ],
    [
      "the inventory says nothing",
      "another checksum",
      (folder) => writeFile(join(folder, ".inventory.json"), "null"),
    ],
  ])("is refused when %s", async (_, problem, damage) => {
    const folder = await kept();
    await damage(folder);
    expect(await keptFolderProblem(folder, "seal")).toContain(problem);
  });

  it("is refused when it was verified against another checksum", async () => {
    expect(await keptFolderProblem(await kept(), "other")).toBe("it was verified against another checksum");
  });
});

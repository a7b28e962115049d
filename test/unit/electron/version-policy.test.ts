import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { linuxArchive } from "../../../resources/setup/electron-archive.mjs";
import { projectRoot } from "../../../resources/setup/project.mjs";

const readJson = async (path: string): Promise<unknown> =>
  JSON.parse(await readFile(join(projectRoot, path), "utf8"));

/** Electron security checklist, item 16: a current version, and one that is known. */
describe("version of Electron", () => {
  it("is pinned to one release, the same in the lock file, which carries its checksum", async () => {
    const { devDependencies } = (await readJson("package.json")) as {
      devDependencies: Record<string, string>;
    };
    const { packages } = (await readJson("package-lock.json")) as {
      packages: Record<string, { version?: string; integrity?: string }>;
    };
    const pinned = devDependencies["electron"] ?? "";
    expect(pinned).toMatch(/^\d+\.\d+\.\d+$/);
    expect(packages["node_modules/electron"]).toMatchObject({
      version: pinned,
      integrity: expect.stringMatching(/^sha512-/),
    });
    expect(Number(pinned.split(".")[0])).toBeGreaterThanOrEqual(45);
  });

  it("is older only where the pinned one cannot be had, and then one whose archive is the official one", async () => {
    // `checksums.json` of the official package electron@33.3.0.
    expect([linuxArchive.version, linuxArchive.sha256]).toEqual([
      "33.3.0",
      "301ff45db3ee5e4222adecc07555c31dd1b56d82c20540d7ad6da504dde332c8",
    ]);
  });
});

import { readFile, readlink, rm, writeFile } from "node:fs/promises";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ensurePackages } from "../../../resources/setup/packages.mjs";
import { temporaryFolder } from "../../support/temporary-folder";

/** A checkout whose packages are none, so that the real npm needs no registry. */
async function checkout(): Promise<string> {
  const root = await temporaryFolder();
  await mkdir(join(root, "resources"));
  await writeFile(join(root, "resources", "gatehouse.mjs"), "");
  await writeManifest(root, "1.0.0");
  return root;
}

async function writeManifest(root: string, version: string): Promise<void> {
  const manifest = { name: "checkout", version };
  await writeFile(join(root, "package.json"), JSON.stringify(manifest));
  const lockfile = { ...manifest, lockfileVersion: 3, requires: true, packages: { "": manifest } };
  await writeFile(join(root, "package-lock.json"), JSON.stringify(lockfile));
}

it("installs what the lockfile says, once, links the command, and notices a new lockfile", async () => {
  const root = await checkout();
  expect((await ensurePackages(root)).line).toMatch(/^installed from the lockfile in [\d.]+ s$/);
  expect(await readlink(join(root, "node_modules", ".bin", "gatehouse"))).toBe(
    "../../resources/gatehouse.mjs",
  );
  expect(await ensurePackages(root)).toEqual({ line: "match the lockfile", value: false });
  await writeManifest(root, "1.0.1");
  expect((await ensurePackages(root)).value).toBe(true);
  await rm(join(root, "node_modules"), { recursive: true });
  expect((await ensurePackages(root)).value).toBe(true);
});

it("says what to do when npm fails, and remembers nothing", async () => {
  const root = await checkout();
  await writeFile(join(root, "package-lock.json"), "not a lockfile");
  await expect(ensurePackages(root)).rejects.toMatchObject({
    step: "packages",
    remedy: expect.stringMatching(/npm ping/),
  });
  await expect(readFile(join(root, "node_modules", ".gatehouse-packages"))).rejects.toThrow(/ENOENT/);
});

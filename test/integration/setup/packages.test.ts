import { mkdir, readFile, readlink, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ensurePackages } from "../../../resources/setup/packages.mjs";
import { temporaryFolder } from "../../support/temporary-folder";

/** A checkout whose packages are none or local ones, so that the real npm needs no registry. */
async function checkout(): Promise<string> {
  const root = await temporaryFolder();
  await mkdir(join(root, "resources"));
  await writeFile(join(root, "resources", "gatehouse.mjs"), "");
  await depend(root, []);
  return root;
}

/** Writes the manifest and the lockfile of a checkout that depends on packages in folders of its own. */
async function depend(root: string, names: readonly string[]): Promise<void> {
  const dependencies = Object.fromEntries(names.map((name) => [name, `file:${name}`]));
  const packages: Record<string, unknown> = { "": { name: "checkout", version: "1.0.0", dependencies } };
  for (const name of names) {
    await mkdir(join(root, name), { recursive: true });
    await writeFile(join(root, name, "package.json"), JSON.stringify({ name, version: "1.0.0" }));
    packages[name] = { version: "1.0.0" };
    packages[`node_modules/${name}`] = { resolved: name, link: true };
  }
  await writeFile(join(root, "package.json"), JSON.stringify(packages[""]));
  const lockfile = { name: "checkout", version: "1.0.0", lockfileVersion: 3, requires: true, packages };
  await writeFile(join(root, "package-lock.json"), JSON.stringify(lockfile));
}

it("installs what the lockfile says, once, links the command, and notices a new lockfile", async () => {
  const root = await checkout();
  expect((await ensurePackages(root)).line).toMatch(/^installed from the lockfile in [\d.]+ s$/);
  expect(await readlink(join(root, "node_modules", ".bin", "gatehouse"))).toBe(
    "../../resources/gatehouse.mjs",
  );
  expect(await ensurePackages(root)).toEqual({ line: "match the lockfile", value: false });
  await depend(root, ["tool"]);
  expect((await ensurePackages(root)).value).toBe(true);
  expect(await readlink(join(root, "node_modules", "tool"))).toBe("../tool");
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

it("accepts packages an operator installed by hand, but not those of another platform", async () => {
  const root = await checkout();
  await depend(root, ["tool"]);
  await ensurePackages(root);
  const stamp = join(root, "node_modules", ".gatehouse-packages");
  const recorded = await readFile(stamp, "utf8");
  await rm(stamp);
  expect((await ensurePackages(root)).value).toBe(false);
  await writeFile(stamp, recorded.replace(process.platform, "another"));
  expect((await ensurePackages(root)).value).toBe(true);
  expect(await readFile(stamp, "utf8")).toBe(recorded);
});

import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { projectFile } from "../../../resources/setup/project.mjs";
import { packageCategories } from "./package-categories";

interface Manifest {
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}
interface Lockfile {
  readonly packages: Record<string, { hasInstallScript?: boolean; integrity?: string; resolved?: string }>;
}

const readJson = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(projectFile(name), "utf8"));
const manifest = (await readJson("package.json")) as Manifest;
const lockfile = (await readJson("package-lock.json")) as Lockfile;
const versions = { ...manifest.dependencies, ...manifest.devDependencies };

describe("packages", () => {
  it("are listed, each with its category and its reason, and nothing else is", () => {
    expect(Object.keys(packageCategories).toSorted()).toEqual(Object.keys(versions).toSorted());
    for (const [, reason] of Object.values(packageCategories)) expect(reason.length).toBeGreaterThan(4);
  });

  it.each(Object.entries(versions))("%s is pinned exactly", (_, version) => {
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it("are bundled unless they run in Node", () => {
    for (const name of Object.keys(manifest.dependencies)) expect(packageCategories[name]?.[0]).toBe("node");
  });

  it("run no script when they are installed", () => {
    const scripted = Object.entries(lockfile.packages).filter(([, entry]) => entry.hasInstallScript);
    expect(scripted).toEqual([]);
  });

  it("are fixed by content and by no address in the lockfile", () => {
    for (const [name, entry] of Object.entries(lockfile.packages)) {
      if (name === "") continue;
      expect(entry.integrity, name).toMatch(/^sha512-/);
      expect(entry.resolved, name).toBeUndefined();
    }
  });
});

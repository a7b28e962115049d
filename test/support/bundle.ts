import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { build } from "vite";
import { projectRoot } from "../../resources/setup/project.mjs";

/**
 * Makes a program of a test one file that plain Node runs, below `out/` so that it finds the installed packages.
 * `entry` is relative to the checkout.
 */
export async function bundleProgram(
  entry: string,
): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(projectRoot, "out", "program-"));
  await build({
    configFile: false,
    root: projectRoot,
    logLevel: "error",
    build: {
      ssr: join(projectRoot, entry),
      outDir: folder,
      emptyOutDir: false,
      target: "node20",
      rollupOptions: { output: { entryFileNames: "program.mjs" } },
    },
  });
  return { path: join(folder, "program.mjs"), remove: () => rm(folder, { recursive: true, force: true }) };
}

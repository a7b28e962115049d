import { readdir, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { ProjectPaths } from "./project-files";

/** What `writeDurable` writes aside: `.NAME.UUID.tmp`. */
const aside = /^\.(.+)\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/s;

/**
 * Removes what a run that was killed in the midst of a write left beside the files of the contract. They were never
 * more than that: the files themselves are whole. Never rejects.
 */
export async function removeUnfinishedWrites({
  phaseState,
  phaseSummary,
  jobResult,
  steps,
}: ProjectPaths): Promise<void> {
  const single = [phaseState, phaseSummary, jobResult];
  for (const folder of new Set([...single.map((path) => dirname(path)), steps])) {
    const names = await readdir(folder).catch(() => []);
    const left = names.filter((name) => {
      const written = aside.exec(name)?.[1];
      if (written === undefined) return false;
      return folder === steps
        ? /^step_.*\.json$/s.test(written)
        : single.some((path) => dirname(path) === folder && basename(path) === written);
    });
    await Promise.all(left.map((name) => unlink(join(folder, name)).catch(() => undefined)));
  }
}

import { SetupError } from "./report.mjs";
import { installDebianPackages, librariesMissingFor, windowPackages } from "./system-packages.mjs";

const step = "system libraries";

/**
 * @param {string} binary Electron's
 * @returns {Promise<{ line: string; value: boolean }>} whether anything was installed; rejects with a `SetupError`
 */
export async function ensureWindowLibraries(binary) {
  const missing = await librariesMissingFor(binary);
  if (missing.length === 0) return { line: "all present", value: false };
  await installDebianPackages(step, windowPackages, `missing ${missing.join(", ")}`);
  const still = await librariesMissingFor(binary);
  if (still.length > 0) {
    throw new SetupError(
      step,
      `still missing ${still.join(", ")}`,
      "install what provides them, then start again",
    );
  }
  return { line: `installed (${missing.length} were missing)`, value: true };
}

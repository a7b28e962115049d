import { homedir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { SetupError } from "./report.mjs";

/**
 * The workspace to open: the operator's, else the demo or the rehearsal workspace, made from the shipped fixtures in the
 * user's data folder.
 *
 * @param {string} root the checkout, built
 * @param {string | undefined} given
 * @param {boolean} [rehearsal]
 * @returns {Promise<{ line: string; value: string }>} rejects with a `SetupError`
 */
export async function chooseWorkspace(root, given, rehearsal = false) {
  if (given !== undefined) return { line: given, value: given };
  const kind = rehearsal ? "rehearsal" : "demo";
  const module = join(root, "out", "main", "demo.js");
  const { prepareDemoWorkspace } = await import(pathToFileURL(module).href);
  try {
    const path = await prepareDemoWorkspace({
      environment: process.env,
      platform: process.platform,
      homeDirectory: homedir(),
      shippedDirectory: join(root, "fixtures", kind),
      folder: `${kind}-workspace`,
    });
    return { line: `${path} (the ${kind} workspace)`, value: path };
  } catch (error) {
    const { message, details = [] } = /** @type {{ message: string; details?: readonly string[] }} */ (error);
    const remedy = "npm start -- --workspace DIR opens another one";
    throw new SetupError("workspace", message, remedy, details.join("\n"));
  }
}

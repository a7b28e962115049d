import { findElectron } from "../../resources/setup/electron-runtime.mjs";
import { projectRoot } from "../../resources/setup/project.mjs";

/** Absolute path of the Electron to test: `GATEHOUSE_ELECTRON`, else what `npm start` would open. */
export async function electronBinary(): Promise<string> {
  const runtime = await findElectron(projectRoot);
  if (runtime === undefined)
    throw new Error("There is no Electron here yet: run npm start or npm test once.");
  return runtime.path;
}

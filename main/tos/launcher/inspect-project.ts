import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { TosSettings } from "#contract/tos/settings";
import { findKey } from "../keys";
import { keyNames } from "../models/api-models";
import type { OperationContext } from "./operation";
import { isThere, pythonPathFile, pythonsOnPath, pythonVersion, readPythonPath } from "./python-path";

const folders = ["workspace/generated", "workspace/results", "workspace/artifacts", "logs/steps", "tools"];
const files = ["config_v0_3.json", "orchestrator_v0_3.py", pythonPathFile];

/**
 * What `init.ps1` does and prints, for the chosen project (launcher.md §8): makes the folders, tells what is there, and
 * demands the API keys, unless no model is asked over the network. Returns its exit code.
 */
export async function inspectProject(
  context: OperationContext,
  settings: TosSettings,
  rootIsNew: boolean,
): Promise<number> {
  const { root, print, environment } = context;
  print("TOS init start");
  print(`Root ${root}`);
  if (rootIsNew) print("Created root directory");
  for (const folder of folders.map((name) => join(root, name))) {
    if (await isThere(root, folder)) continue;
    await mkdir(folder, { recursive: true });
    print(`Created dir ${folder}`);
  }
  for (const file of files.map((name) => join(root, name)))
    print(`${(await isThere(root, file)) ? "Found" : "Missing"} file ${file}`);
  const pythons = await pythonsOnPath(root, environment);
  print(pythons.length === 0 ? "where python returned nothing" : "where python results");
  for (const path of pythons) print(`  ${path}`);
  if (!(await tellPython(context))) return 1;
  const missing = settings.models.provider === "api" ? await missingKeys(context) : [];
  if (missing.length > 0) {
    print(`missing env vars ${missing.join(" ")}`);
    return 1;
  }
  print("API keys OK");
  print("TOS init done");
  return 0;
}

/** False where the script ends: a `tos_python_path.txt` without a path. */
async function tellPython({ root, print, say, environment }: OperationContext): Promise<boolean> {
  const path = await readPythonPath(root);
  if (path === "") {
    say(
      `error: ${join(root, pythonPathFile)}: expected the path of a Python interpreter, found an empty line`,
    );
    return false;
  }
  if (path === null) {
    print(`${pythonPathFile} not found`);
    return true;
  }
  const version = (await isThere(root, path)) ? await pythonVersion(root, path, environment) : null;
  if (version === null) print("tos python path is missing or invalid");
  else {
    print(`${pythonPathFile} ${path}`);
    print(`tos python version ${version}`);
  }
  return true;
}

async function missingKeys({ environment }: OperationContext): Promise<string[]> {
  const found = await Promise.all(keyNames.map((name) => findKey(name, environment)));
  return keyNames.filter((_, index) => found[index]?.source === "missing");
}

import { realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { BridgeError } from "#contract/envelope";
import type { RequestOutput } from "#contract/requests";
import { checkConfig } from "#domain/tos/config-check/check-config";
import { configFile } from "#domain/tos/orchestration/config-reader";
import { sha256 } from "../../runner/state-files";
import { writeDurable } from "../../system/write-durable";
import { describeFileError } from "../../watch/file-problem";
import { readTextFile } from "../project/read-file";

/** The configuration as it is. Rejects with a `BridgeError` when there is none, or it is no text. */
export async function readConfigFile(root: string): Promise<RequestOutput<"tos.config">> {
  const { file } = await readTextFile(root, configFile, "kept");
  if (file.state === "missing") throw new BridgeError("not_found", `There is no ${configFile} in ${root}.`);
  if (file.state === "unreadable") throw new BridgeError("unreadable", file.problem);
  return {
    path: join(root, configFile),
    text: file.text,
    digest: sha256(file.text),
    modifiedUnixMs: file.modifiedUnixMs,
    problems: [...checkConfig(file.text).problems],
  };
}

/**
 * Writes the configuration byte for byte as given, in one step, where it really lies and with the rights it had. Rejects with
 * a `BridgeError`; then the file is as it was.
 */
export async function writeConfigFile(root: string, text: string): Promise<void> {
  const path = join(root, configFile);
  try {
    const target = await realpath(path);
    await writeDurable(target, text, (await stat(target)).mode & 0o777);
  } catch (error) {
    throw new BridgeError("unavailable", `${path} cannot be written: ${describeFileError(error)}`);
  }
}

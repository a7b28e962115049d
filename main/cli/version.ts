import { readFileSync } from "node:fs";
import { join } from "node:path";
import { programRoot } from "../host/program-root";

/** Version of the installed program, from its `package.json`; `unknown` when that does not say. */
export function programVersion(): string {
  try {
    const manifest = JSON.parse(readFileSync(join(programRoot(), "package.json"), "utf8")) as {
      version?: string;
    };
    return manifest.version ?? "unknown";
  } catch {
    return "unknown";
  }
}

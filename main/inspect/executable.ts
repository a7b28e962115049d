import { access, constants, stat } from "node:fs/promises";
import { delimiter, join } from "node:path";

/**
 * Where a program would be started from: the path itself when it contains a slash, else the first match on PATH. Null
 * when there is no executable file.
 */
export async function findExecutable(program: string, searchPath: string): Promise<string | null> {
  const candidates = program.includes("/")
    ? [program]
    : searchPath
        .split(delimiter)
        .filter((folder) => folder !== "")
        .map((folder) => join(folder, program));
  for (const candidate of candidates) if (await isExecutable(candidate)) return candidate;
  return null;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

import type { BytePath } from "./byte-path";
import type { TreeFile } from "./effects";

/** Reads `git ls-tree -r -z --full-tree`: every file of a commit. One character for each byte. */
export function parseTree(text: string): Map<BytePath, TreeFile> {
  const files = new Map<BytePath, TreeFile>();
  for (const line of text.split("\0")) {
    const tab = line.indexOf("\t");
    const [mode = "", , hash = ""] = line.slice(0, tab).split(" ");
    if (tab !== -1) files.set(line.slice(tab + 1), { mode, hash });
  }
  return files;
}

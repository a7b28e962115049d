import { isAbsolute, relative, sep } from "node:path";

/** A path as operators see it: relative to the workspace with forward slashes where it is inside, else absolute. */
export function displayPath(workspacePath: string, path: string): string {
  const inside = relative(workspacePath, path);
  if (inside === "" || inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return path;
  return inside.split(sep).join("/");
}

import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";

/** What lies below a folder: path, one character for each byte → kind, permissions and content. */
export type TreeSnapshot = ReadonlyMap<string, string>;

/** Everything below a folder, links not followed, except git's and Gatehouse's own folders at its top. */
export function snapshotTree(root: string): TreeSnapshot {
  const found = new Map<string, string>();
  const walk = (folder: string): void => {
    for (const entry of readdirSync(Buffer.from(`${root}/${folder}`, "latin1"), { encoding: "buffer" })) {
      const path = `${folder}${entry.toString("latin1")}`;
      if (path === ".git" || path === ".gatehouse") continue;
      const disk = Buffer.from(`${root}/${path}`, "latin1");
      const { mode } = lstatSync(disk);
      const permissions = (mode & 0o7777).toString(8);
      if ((mode & 0o170000) === 0o040000) {
        found.set(`${path}/`, `folder ${permissions}`);
        walk(`${path}/`);
      } else if ((mode & 0o170000) === 0o120000)
        found.set(path, `link ${readlinkSync(disk, { encoding: "buffer" }).toString("latin1")}`);
      else if ((mode & 0o170000) === 0o100000)
        found.set(path, `file ${permissions} ${createHash("sha1").update(readFileSync(disk)).digest("hex")}`);
      else found.set(path, `other ${mode.toString(8)}`);
    }
  };
  walk("");
  return found;
}

/** How one snapshot differs from another, a line for each path; empty when they are the same. */
export function differences(before: TreeSnapshot, after: TreeSnapshot): string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths]
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => `${JSON.stringify(path)}: ${before.get(path) ?? "none"} → ${after.get(path) ?? "none"}`);
}

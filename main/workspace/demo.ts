import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { BridgeError } from "#contract/envelope";
import { dataDirectory, type UserSurroundings } from "./data-directory";
import { prepareDemoProject } from "./demo-project";
import { demoManifestFile, readDemoManifest, type DemoManifest } from "./demo-manifest";
import { writeDurable } from "../system/write-durable";

const sha256 = (content: Uint8Array): string => createHash("sha256").update(content).digest("hex");

/** What ships with a workspace: settings, fixtures, profiles, evidence, and what an operator is told about it. */
const shippedTypes: ReadonlySet<string> = new Set([".json", ".txt", ".md"]);
/** Folders that lie below `.gatehouse` as they are shipped; every other folder is a surface's fixtures. */
const ownFolders: ReadonlySet<string> = new Set(["profiles", "evidence", "triggers"]);
/** Folder of the shipped TOS project, which is made once and then the operator's. */
const projectFolder = "tos";

/** Where a shipped file lies in the workspace, relative to `.gatehouse`. `tau/` stands for the workspace's `.tau`. */
function placeOf(shipped: string): string {
  const [top = "", ...rest] = shipped.split("/");
  if (rest.length === 0) return top.endsWith(".md") ? `../${top}` : top;
  if (top === "tau") return `../.tau/${rest.join("/")}`;
  return ownFolders.has(top) ? shipped : `fixtures/${shipped}`;
}

/** Shipped files by their place relative to `.gatehouse`. */
async function shippedFiles(directory: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  for (const entry of entries.toSorted((left, right) => (left.name < right.name ? -1 : 1))) {
    if (!entry.isFile() || !shippedTypes.has(extname(entry.name))) continue;
    const path = join(entry.parentPath, entry.name);
    const shipped = path.slice(directory.length + 1).replaceAll("\\", "/");
    if (shipped.startsWith(`${projectFolder}/`)) continue;
    files.set(placeOf(shipped), await readFile(path));
  }
  return files;
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function readIfPresent(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/**
 * Brings one file up to date. A file the operator has edited is never touched; the newer version of an edited fixture
 * is laid beside it as `<name>.new.json`, to be picked by hand.
 */
async function bringUpToDate(
  root: string,
  place: string,
  content: Buffer,
  shippedLast: string | undefined,
): Promise<void> {
  const path = join(root, ".gatehouse", place);
  const present = await readIfPresent(path);
  if (present?.equals(content)) return;
  if (present === null || sha256(present) === shippedLast) return writeDurable(path, content);
  const isNews = shippedLast !== undefined && shippedLast !== sha256(content);
  if (isNews && place.startsWith("fixtures/"))
    await writeDurable(path.replace(/\.json$/, ".new.json"), content);
}

/** The folders of the workspaces that ship with Gatehouse, below the user's data directory. */
export type ShippedWorkspace = "demo-workspace" | "rehearsal-workspace";

/**
 * Makes a workspace below the user's data directory from the fixtures that ship with Gatehouse (the demo, unless `folder`
 * names the rehearsal), or brings an existing one up to date, and returns its path. Safe to kill at any point: the next
 * start completes it. The demo's TOS project comes with it. Rejects with a `BridgeError` that names the folder and the remedy when the folder cannot be used.
 */
export async function prepareDemoWorkspace(
  options: UserSurroundings & { shippedDirectory: string; folder?: ShippedWorkspace },
): Promise<string> {
  const folder = options.folder ?? "demo-workspace";
  const root = join(dataDirectory(options), folder);
  try {
    await mkdir(join(root, ".gatehouse"), { recursive: true });
    const manifest: DemoManifest = (await readDemoManifest(root)) ?? { schemaVersion: 1, files: {} };
    const shipped = await shippedFiles(options.shippedDirectory);
    for (const [place, content] of shipped) await bringUpToDate(root, place, content, manifest.files[place]);
    const files = Object.fromEntries([...shipped].map(([place, content]) => [place, sha256(content)]));
    const next = `${JSON.stringify({ schemaVersion: 1, files }, null, 2)}\n`;
    const project = join(options.shippedDirectory, projectFolder);
    if (await isDirectory(project))
      await prepareDemoProject({
        shippedDirectory: project,
        workspacePath: root,
        interpreter: process.execPath,
        environment: options.environment,
      });
    const manifestPath = join(root, demoManifestFile);
    if ((await readIfPresent(manifestPath))?.toString("utf8") !== next)
      await writeDurable(manifestPath, next);
    return root;
  } catch (error) {
    throw new BridgeError("unreadable", `The ${folder.replace("-", " ")} ${root} cannot be used.`, [
      error instanceof Error ? error.message : String(error),
      "Move that folder away (nothing outside it is needed) and start again, or open a workspace of your own with --workspace DIR, or set GATEHOUSE_DATA_DIR to another folder.",
    ]);
  }
}

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** Marks a folder as a workspace that ships with Gatehouse, and remembers what was shipped into it. */
export const demoManifestFile = ".gatehouse/demo.json";

/** Per shipped file, relative to `.gatehouse`, the SHA-256 of the version shipped last. */
const demoManifestSchema = z.strictObject({
  schemaVersion: z.literal(1),
  files: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)),
});
export type DemoManifest = z.infer<typeof demoManifestSchema>;

/** The manifest of a folder; null when it has none. Rejects when it has one that cannot be read. */
export async function readDemoManifest(workspacePath: string): Promise<DemoManifest | null> {
  let text: string;
  try {
    text = await readFile(join(workspacePath, demoManifestFile), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  return demoManifestSchema.parse(JSON.parse(text));
}

/** Whether a folder is a workspace that ships with Gatehouse: the demo or the rehearsal. */
export async function isDemoWorkspace(workspacePath: string): Promise<boolean> {
  return readDemoManifest(workspacePath).then(
    (manifest) => manifest !== null,
    () => false,
  );
}

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { BridgeError, describeIssues } from "#contract/envelope";
import { countSchema, surfaceIds, unixMillisecondsSchema, type SurfaceId } from "#contract/identity";
import { writeDurable } from "../system/write-durable";
import { describeFileError, isAbsent } from "./file-problem";

/** A moment from which reason codes are counted anew, and by what the log of that moment is known again. */
const markSchema = z.strictObject({
  setUnixMs: unixMillisecondsSchema,
  afterLine: countSchema,
  /** Bytes of whole lines read at that moment, and the log's first bytes (base64, at most 256). */
  afterByte: countSchema,
  head: z.base64(),
  counts: z.record(z.string(), countSchema),
});
export type Mark = z.infer<typeof markSchema>;

const marksFileSchema = z.strictObject({
  schemaVersion: z.literal(1),
  marks: z.strictObject(
    Object.fromEntries(surfaceIds.map((surface) => [surface, markSchema.optional()])) as Record<
      SurfaceId,
      z.ZodOptional<typeof markSchema>
    >,
  ),
});
type MarksFile = z.infer<typeof marksFileSchema>;

/** Changes of one marks file happen one after another, whichever surface makes them. */
const queues = new Map<string, Promise<unknown>>();

/** Where a workspace keeps its marks. */
function marksPath(workspacePath: string): string {
  return join(workspacePath, ".gatehouse", "marks.json");
}

async function readMarks(path: string): Promise<MarksFile> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (isAbsent(error)) return { schemaVersion: 1, marks: {} };
    throw new BridgeError("unreadable", `${path}: ${describeFileError(error)}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new BridgeError("unreadable", `${path}: not JSON: ${String(error)}. Mend or remove the file.`);
  }
  const parsed = marksFileSchema.safeParse(value);
  if (!parsed.success)
    throw new BridgeError(
      "unreadable",
      `${path}: expected marks. Mend or remove the file.`,
      describeIssues(parsed.error),
    );
  return parsed.data;
}

/** The mark of a surface, or null. Rejects with `unreadable` when the file cannot be trusted. */
export async function readMark(workspacePath: string, surface: SurfaceId): Promise<Mark | null> {
  return (await readMarks(marksPath(workspacePath))).marks[surface] ?? null;
}

/** Sets or (with null) clears a surface's mark; resolves once it is on disk. */
export async function writeMark(workspacePath: string, surface: SurfaceId, mark: Mark | null): Promise<void> {
  const path = marksPath(workspacePath);
  const change = async (): Promise<void> => {
    const { marks } = await readMarks(path);
    const { [surface]: _previous, ...others } = marks;
    const file: MarksFile = {
      schemaVersion: 1,
      marks: mark === null ? others : { ...others, [surface]: mark },
    };
    await replaceFile(path, `${JSON.stringify(file, null, 2)}\n`);
  };
  const done = (queues.get(path) ?? Promise.resolve()).then(change, change);
  queues.set(path, done);
  try {
    await done;
  } finally {
    if (queues.get(path) === done) queues.delete(path);
  }
}

async function replaceFile(path: string, text: string): Promise<void> {
  try {
    await writeDurable(path, text);
  } catch (error) {
    throw new BridgeError("unavailable", `${path} could not be written: ${describeFileError(error)}`);
  }
}

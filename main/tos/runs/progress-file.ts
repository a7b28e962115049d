import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ProgressEntry, ProgressEvent } from "#contract/tos/progress";
import type { Clock } from "#domain/clock";
import { progressEntries, progressLine } from "#domain/tos/runs/progress-line";
import { progressFileOf } from "#domain/tos/runs/run-files";
import { isAbsent } from "../../watch/file-problem";

/** Where a run tells what it does. */
export interface ProgressFile {
  /** Puts an event on disk. Throws the system's error. */
  report(event: ProgressEvent): void;
  close(): void;
}

/** What must outlive even a power cut: what a run is, what it left running or kept, and how it ended. */
const synced: ReadonlySet<ProgressEvent["kind"]> = new Set<ProgressEvent["kind"]>([
  "started",
  "command-started",
  "cancelling",
  "recovery-kept",
  "ended",
]);

/**
 * Begins the progress file of a run. Every event is one line that is written whole, and in the file before `report`
 * returns. Throws the system's error, also when the run has a file already.
 */
export function openProgress(root: string, runId: string, clock: Clock): ProgressFile {
  const path = join(root, progressFileOf(runId));
  mkdirSync(dirname(path), { recursive: true });
  const descriptor = openSync(path, "ax");
  let sequence = 0;
  return {
    report(event) {
      sequence += 1;
      const unixMs = Math.floor(clock.nowUnixMs());
      writeWhole(descriptor, Buffer.from(progressLine({ sequence, unixMs, event })));
      if (synced.has(event.kind)) fsyncSync(descriptor);
    },
    close: () => closeSync(descriptor),
  };
}

function writeWhole(descriptor: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;)
    written += writeSync(descriptor, bytes, written, bytes.length - written);
}

/** Entries of a progress file after a sequence number; none when there is no file. Rejects with the system's error. */
export async function readProgress(path: string, afterSequence: number): Promise<ProgressEntry[]> {
  const { entries } = await readProgressFrom(path, 0);
  return entries.filter(({ sequence }) => sequence > afterSequence);
}

/**
 * Entries of a progress file from a byte offset on, which must be where a line begins, and the offset to go on from: that
 * of the first line which is not whole yet. Nothing when there is no file. Rejects with the system's error.
 */
export async function readProgressFrom(
  path: string,
  byteOffset: number,
): Promise<{ readonly entries: ProgressEntry[]; readonly byteOffset: number }> {
  try {
    const bytes = byteOffset === 0 ? await readFile(path) : await readTail(path, byteOffset);
    const whole = bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1);
    return { entries: progressEntries(whole.toString("utf8")), byteOffset: byteOffset + whole.length };
  } catch (error) {
    if (isAbsent(error)) return { entries: [], byteOffset };
    throw error;
  }
}

async function readTail(path: string, byteOffset: number): Promise<Buffer> {
  const handle = await open(path, "r");
  try {
    const { size } = await handle.stat();
    const bytes = Buffer.alloc(Math.max(0, size - byteOffset));
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, byteOffset);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

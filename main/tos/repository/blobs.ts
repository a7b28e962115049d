import type { RepositoryPlace } from "./place";
import { gitText, runGit } from "./run-git";

/** Bytes of objects that are asked for at once. */
const batchBytes = 64_000_000;

/**
 * Reads blobs by their names, in order, a batch at a time; `take` gets each with its position. Rejects with a
 * `GitFailure` when one is missing.
 */
export async function readBlobs(
  place: RepositoryPlace,
  hashes: readonly string[],
  take: (content: Buffer, position: number) => Promise<void>,
): Promise<void> {
  const sizes = await sizesOf(place, hashes);
  for (let start = 0; start < hashes.length;) {
    let end = start;
    let bytes = 0;
    do bytes += sizes[end++] ?? 0;
    while (end < hashes.length && bytes + (sizes[end] ?? 0) <= batchBytes);
    await readBatch(place, hashes.slice(start, end), (content, position) => take(content, start + position));
    start = end;
  }
}

/** Sizes of blobs in bytes; -1 for one that the repository does not have. */
export async function sizesOf(place: RepositoryPlace, hashes: readonly string[]): Promise<number[]> {
  if (hashes.length === 0) return [];
  const text = await gitText(place.top, ["cat-file", "--batch-check=%(objecttype) %(objectsize)"], {
    environment: place.environment,
    input: hashes.map((hash) => `${hash}\n`).join(""),
  });
  return text.split("\n").map((line) => (line.startsWith("blob ") ? Number(line.slice(5)) : -1));
}

/** Reads blobs that are known to be small, all at once. */
export async function readBatch(
  place: RepositoryPlace,
  hashes: readonly string[],
  take: (content: Buffer, position: number) => Promise<void>,
): Promise<void> {
  if (hashes.length === 0) return;
  const { stdout } = await runGit(place.top, ["cat-file", "--batch"], {
    environment: place.environment,
    input: hashes.map((hash) => `${hash}\n`).join(""),
    limitBytes: 4_000_000_000,
  });
  let at = 0;
  for (const [position, hash] of hashes.entries()) {
    const lineEnd = stdout.indexOf(0x0a, at);
    const head = stdout.toString("latin1", at, lineEnd);
    const size = Number(/^[0-9a-f]+ blob (\d+)$/.exec(head)?.[1] ?? Number.NaN);
    if (Number.isNaN(size)) throw new Error(`git cat-file answered ${head} for ${hash}`);
    at = lineEnd + 1;
    await take(stdout.subarray(at, at + size), position);
    at += size + 1;
  }
}

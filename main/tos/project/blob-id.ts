import { createHash } from "node:crypto";

const [carriageReturn, lineFeed] = [0x0d, 0x0a];

/**
 * Git's identifier of a blob with this content and LF line ends (spec/tos/governance.md §3, G24): what `git hash-object`
 * gives for a text file that is checked out with either kind of line end.
 */
export function blobIdWithLineFeeds(content: Uint8Array): string {
  const kept = content.filter((byte, index) => byte !== carriageReturn || content[index + 1] !== lineFeed);
  return createHash("sha1").update(`blob ${kept.length}\0`).update(kept).digest("hex");
}

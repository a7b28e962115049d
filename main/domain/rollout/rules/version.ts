import { trimText } from "../../text";

const largestSegment = 2n ** 64n - 1n;

/**
 * Whether a version can be compared at all (spec/tau/release-channel.md §2): leading `v`s, then dot-separated unsigned
 * 64-bit numbers, then anything after a hyphen.
 */
export function isVersion(text: string): boolean {
  const [numbers = ""] = trimText(text).replace(/^v+/u, "").replace(/^V+/u, "").split("-");
  return numbers
    .split(".")
    .every((segment) => /^\+?\d+$/u.test(segment) && BigInt(segment.replace("+", "")) <= largestSegment);
}

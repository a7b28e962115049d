import { trimText } from "../text";

/** One distinct `reason_codes` list of a log: its codes as written, and those that count. */
export interface ReasonCodeSet {
  readonly codes: readonly string[];
  /** Trimmed, blanks dropped, repeats kept: each counts once per occurrence (spec/tau/health.md §4). */
  readonly counted: readonly string[];
}

/** Set id of a line whose codes were counted, but not kept as a set: a filter by code cannot find it. */
export const unindexedSet = 65_535;

/** A log has few distinct combinations; past these bounds lines are counted one by one instead. */
const maximumSets = 65_000;
const maximumSetLength = 4_096;
const maximumTotalLength = 8 * 1_048_576;
/** Spellings tried one after another; a log made to have more of one hash is decoded instead, which is slower but even. */
const maximumSameHash = 16;

/** Codes of a list that count in the totals. */
export function countedCodes(codes: readonly string[]): string[] {
  return codes.map(trimText).filter((code) => code !== "");
}

/** Gives equal `reason_codes` lists one small number, so that a line costs one comparison instead of decoding its codes. */
export class ReasonCodeSets {
  readonly #sets: ReasonCodeSet[] = [];
  readonly #byText = new Map<string, number>();
  readonly #spellings = new Map<number, { readonly bytes: Uint8Array; readonly id: number }[]>();
  #totalLength = 0;
  #last: { readonly bytes: Uint8Array; readonly id: number } | undefined;

  /** Number of sets; ids are below it. */
  get size(): number {
    return this.#sets.length;
  }

  at(id: number): ReasonCodeSet | undefined {
    return this.#sets[id];
  }

  /** Id of a list, kept from now on; `unindexedSet` when there is no room for it. */
  idOf(codes: readonly string[]): number {
    const text = JSON.stringify(codes);
    const known = this.#byText.get(text);
    if (known !== undefined) return known;
    if (!this.#hasRoom(text.length)) return unindexedSet;
    this.#totalLength += text.length;
    const id = this.#sets.push({ codes, counted: countedCodes(codes) }) - 1;
    this.#byText.set(text, id);
    return id;
  }

  /** Id of the list spelled by these bytes, or -1 when the spelling is not known. */
  find(bytes: Uint8Array, start: number, end: number, hash: number): number {
    if (this.#last !== undefined && equalRange(this.#last.bytes, bytes, start, end)) return this.#last.id;
    for (const spelling of this.#spellings.get(hash) ?? [])
      if (equalRange(spelling.bytes, bytes, start, end)) {
        this.#last = spelling;
        return spelling.id;
      }
    return -1;
  }

  /** Remembers how a list was spelled, while there is room. */
  learn(bytes: Uint8Array, hash: number, id: number): void {
    if (id === unindexedSet || !this.#hasRoom(bytes.length)) return;
    this.#totalLength += bytes.length;
    const spelling = { bytes: bytes.slice(), id };
    const sameHash = this.#spellings.get(hash);
    if (sameHash === undefined) this.#spellings.set(hash, [spelling]);
    else if (sameHash.length < maximumSameHash) sameHash.push(spelling);
  }

  #hasRoom(length: number): boolean {
    return (
      this.#sets.length < maximumSets &&
      length <= maximumSetLength &&
      this.#totalLength + length <= maximumTotalLength
    );
  }
}

function equalRange(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (known.length !== end - start) return false;
  for (let at = 0; at < known.length; at += 1) if (known[at] !== bytes[start + at]) return false;
  return true;
}

/** Hash of a byte range from its length and every eighth byte: equal ranges have equal hashes, and few others do. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = end - start;
  for (let at = start; at < end; at += 8) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return hash;
}

import { PatternError, type PatternSource } from "./source";

/** Code points a part of a pattern takes, at least and at most. */
export interface Width {
  readonly minimum: number;
  readonly maximum: number;
}

/** Flags that say how a part is to be read. Case is ignored everywhere. */
export interface PatternFlags {
  readonly dotAll: boolean;
  readonly multiline: boolean;
  readonly verbose: boolean;
  readonly ascii: boolean;
}

/** Groups and global flags of one pattern while it is read. */
export class PatternState {
  flags: PatternFlags = { dotAll: false, multiline: false, verbose: false, ascii: false };
  /** First group that may not be referred to, while a look-behind is read. */
  lookBehindGroups: number | null = null;
  readonly #names = new Map<string, number>();
  /** By number, from 1; null while the group is open. */
  readonly #widths: (Width | null)[] = [];
  #atomics = 0;

  get groups(): number {
    return this.#widths.length + 1;
  }

  openGroup(source: PatternSource, name: string | null): number {
    const group = this.groups;
    if (name !== null) {
      const other = this.#names.get(name);
      if (other !== undefined) {
        const problem = `redefinition of group name '${name}' as group ${group}; was group ${other}`;
        throw source.error(problem, name.length + 1);
      }
      this.#names.set(name, group);
    }
    this.#widths.push(null);
    return group;
  }

  closeGroup(group: number, width: Width): void {
    this.#widths[group - 1] = width;
  }

  numberOf(name: string): number | undefined {
    return this.#names.get(name);
  }

  /** Width of a group that is referred to; throws where Python does not let it be. */
  widthOf(source: PatternSource, group: number, back: number): Width {
    const width = this.#widths[group - 1] ?? null;
    if (width === null) throw source.error("cannot refer to an open group", back);
    if (this.lookBehindGroups !== null && group >= this.lookBehindGroups) {
      throw source.error("cannot refer to group defined in the same lookbehind subpattern");
    }
    return width;
  }

  /** A name for a group of ours, which stands for an atomic one. */
  atomicName(): string {
    if (this.lookBehindGroups !== null) {
      throw new PatternError(
        "cannot be used here: an atomic group or possessive repeat inside a look-behind",
      );
    }
    this.#atomics += 1;
    return `a${this.#atomics}`;
  }
}

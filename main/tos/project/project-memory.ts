import { createHmac, randomBytes } from "node:crypto";
import type { KeyLeak, StepLogReading } from "#domain/tos/governance/project-reading";
import type { FoundKey } from "../keys";

/** What a step log said when it was last read, as long as the file stays as it is. */
export interface RememberedLog {
  /** Differs whenever the file may have changed. */
  readonly stamp: string;
  readonly log: StepLogReading;
  /** Names of the keys whose values stand in it. */
  readonly leaks: readonly string[];
  readonly complete: boolean;
}

/** How long an answer of the system's keyring holds, in milliseconds: asking starts a process. */
const keyringHoldsMs = 30_000;

/**
 * What need not be read again by somebody who reads the same project over and over. It holds no key: only whether a
 * value is still the same, by a digest with a secret of its own.
 */
export class ProjectMemory {
  readonly #secret = randomBytes(32);
  readonly #logs = new Map<string, RememberedLog>();
  readonly #sources = new Map<string, { readonly source: FoundKey["source"]; readonly askedMs: number }>();
  #keys = "";
  #leaks: readonly KeyLeak[] = [];

  /** Forgets what was searched for other keys. */
  searchFor(values: readonly string[]): void {
    const digest = createHmac("sha256", this.#secret).update(JSON.stringify(values)).digest("hex");
    if (digest !== this.#keys) this.#logs.clear();
    this.#keys = digest;
  }

  log(path: string, stamp: string): RememberedLog | null {
    const known = this.#logs.get(path);
    return known?.stamp === stamp ? known : null;
  }

  /** Keeps these logs and no others. */
  keepLogs(logs: ReadonlyMap<string, RememberedLog>): void {
    this.#logs.clear();
    for (const [path, log] of logs) this.#logs.set(path, log);
  }

  /** Where a key was found, if the keyring was asked a moment ago. */
  source(name: string, nowMs: number): FoundKey["source"] | null {
    const known = this.#sources.get(name);
    return known !== undefined && nowMs - known.askedMs < keyringHoldsMs ? known.source : null;
  }

  /** Keeps what was found of keys that the keyring gave. */
  keepLeaks(leaks: readonly KeyLeak[]): void {
    this.#leaks = leaks;
  }

  /** What was found last of keys whose values are not at hand now. */
  leaksOf(names: readonly string[]): KeyLeak[] {
    return this.#leaks.filter(({ key }) => names.includes(key));
  }

  keepSource(name: string, source: FoundKey["source"], nowMs: number): void {
    this.#sources.set(name, { source, askedMs: nowMs });
  }
}

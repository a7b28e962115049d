import type { RolloutEvent } from "#contract/rollout/journal";
import { BridgeError } from "#contract/envelope";
import { decide } from "#domain/rollout/decide";
import type { Decision, RolloutInput, RolloutState } from "#domain/rollout/state";
import type { ReadInstant } from "../instant";
import type { RolloutJournal, WritableJournal } from "../journal/journal-types";
import { SerialQueue } from "./serial-queue";

/** A rollout that is being worked on: its state, and the journal that state is the fold of. */
export interface OpenRollout {
  readonly state: RolloutState;
  readonly journal: RolloutJournal;
  /** The same journal where entries can be added to it. */
  readonly writable: WritableJournal | null;
}

/** What one decision changed. */
export interface Change {
  readonly before: RolloutState | null;
  readonly after: RolloutState;
  readonly events: readonly RolloutEvent[];
}

export interface LedgerOptions {
  readonly now: ReadInstant;
  /** Makes the journal of a new rollout, with its first entry on disk. */
  readonly create: (rolloutId: string, events: readonly RolloutEvent[]) => Promise<WritableJournal>;
  /** Called once a change is on disk, before the next input is decided. */
  readonly onChange: (change: Change) => void;
  /** Called when the journal cannot be written (with why) and when it can be again (with an empty text). */
  readonly onJournal: (problem: string) => void;
}

/**
 * Decides inputs one after the other: decide, append, wait for the disk, evolve, announce. What cannot be written did
 * not happen: the state stays, nothing is announced, and whoever asked is told.
 */
export class Ledger {
  readonly #options: LedgerOptions;
  readonly #inputs = new SerialQueue();
  #open: OpenRollout | null;

  constructor(options: LedgerOptions, open: OpenRollout | null) {
    this.#options = options;
    this.#open = open;
  }

  get open(): OpenRollout | null {
    return this.#open;
  }

  /** Begins another rollout. A refusal is journaled with the one that stands in the way; `isBlank` says it has no say. */
  start(input: Extract<RolloutInput, { kind: "start" }>, isBlank: () => boolean): Promise<Decision> {
    return this.#inputs.run(async () => {
      const standing = isBlank() ? null : this.#open;
      const decision = decide(standing?.state ?? null, input, this.#options.now());
      if (decision.refusal === null) {
        const former = this.#open?.writable;
        const journal = await this.#write(() => this.#options.create(input.rolloutId, decision.events));
        this.#accept(null, journal, decision.events);
        await former?.close();
      } else if (standing) await this.#append(standing, decision.events);
      return decision;
    });
  }

  /**
   * Decides an input for the open rollout. `give` is called when its turn has come, with the state it will be decided
   * in; null withdraws it. Resolves with the decision, null when it was withdrawn. Rejects when it cannot be written.
   */
  submit(give: (state: RolloutState) => RolloutInput | null): Promise<Decision | null> {
    return this.#inputs.run(async () => {
      if (this.#open === null) return null;
      const open = this.#open;
      const input = give(open.state);
      if (input === null) return null;
      const decision = decide(open.state, input, this.#options.now());
      await this.#append(open, decision.events);
      return decision;
    });
  }

  /** Resolves once everything that was asked has been decided and written. */
  idle(): Promise<void> {
    return this.#inputs.idle();
  }

  async #append({ state, journal, writable }: OpenRollout, events: readonly RolloutEvent[]): Promise<void> {
    if (events.length === 0) return;
    if (writable === null) throw new BridgeError("unavailable", `${journal.path} cannot be written.`);
    await this.#write(() => writable.append(events));
    this.#accept(state, writable, events);
  }

  async #write<Value>(write: () => Promise<Value>): Promise<Value> {
    try {
      const value = await write();
      this.#options.onJournal("");
      return value;
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      this.#options.onJournal(problem);
      throw error instanceof BridgeError
        ? error
        : new BridgeError("unavailable", `The rollout's journal cannot be written: ${problem}`);
    }
  }

  /** What is in force is what the journal folds to. */
  #accept(before: RolloutState | null, journal: WritableJournal, events: readonly RolloutEvent[]): void {
    const { state } = journal;
    if (state === null) throw new Error(`${journal.path} tells of no rollout.`);
    this.#open = { state, journal, writable: journal };
    this.#options.onChange({ before, after: state, events });
  }
}

import type { RolloutEvent } from "#contract/rollout/journal";
import { BridgeError } from "#contract/envelope";
import { decide } from "#domain/rollout/decide";
import { evolve } from "#domain/rollout/evolve";
import type { Decision, RolloutInput, RolloutState } from "#domain/rollout/state";
import type { ReadInstant } from "../instant";
import type { RolloutJournal } from "./journal-access";
import { SerialQueue } from "./serial-queue";

/** A rollout that is being worked on: its state, and the journal that state is the fold of. */
export interface OpenRollout {
  readonly state: RolloutState;
  readonly journal: RolloutJournal;
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
  readonly create: (rolloutId: string, events: readonly RolloutEvent[]) => Promise<RolloutJournal>;
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
        const journal = await this.#write(() => this.#options.create(input.rolloutId, decision.events));
        this.#accept(null, journal, decision.events);
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

  async #append({ state, journal }: OpenRollout, events: readonly RolloutEvent[]): Promise<void> {
    if (events.length === 0) return;
    await this.#write(() => journal.append(events));
    this.#accept(state, journal, events);
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

  #accept(before: RolloutState | null, journal: RolloutJournal, events: readonly RolloutEvent[]): void {
    const after = events.reduce<RolloutState | null>(evolve, before);
    if (after === null) throw new Error("A decision without events changes nothing.");
    this.#open = { state: after, journal };
    this.#options.onChange({ before, after, events });
  }
}

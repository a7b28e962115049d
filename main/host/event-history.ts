import type { HostEvent } from "#contract/events";

/** How much of the past a host keeps for clients that reconnect. */
export interface HistoryLimits {
  readonly events: number;
  /** Estimated size of all kept events, in characters. */
  readonly weight: number;
}

const fixedWeight = 4_096;

/** Rough size of an event, in characters: output, and what a TOS project holds, have no bound of their own. */
function weigh(event: HostEvent): number {
  if (event.name === "tos.changed" || event.name === "tos.progressed")
    return JSON.stringify(event.payload).length;
  if (event.name !== "run.output") return fixedWeight;
  return event.payload.lines.reduce((sum, line) => sum + line.text.length + 64, 0);
}

/** The newest events, with no hole between them, within both limits. */
export class EventHistory {
  readonly #limits: HistoryLimits;
  readonly #events = new Map<number, HostEvent>();
  #weight = 0;
  #first: number;

  constructor(nextSequence: number, limits: HistoryLimits) {
    this.#limits = limits;
    this.#first = nextSequence;
  }

  /** Sequence of the oldest event still held; that of the next one while nothing is held. */
  get first(): number {
    return this.#first;
  }

  get(sequence: number): HostEvent | undefined {
    return this.#events.get(sequence);
  }

  /** Takes the next event; the oldest ones go when a limit is passed, the new one always stays. */
  add(event: HostEvent): void {
    this.#events.set(event.sequence, event);
    this.#weight += weigh(event);
    while (
      this.#events.size > 1 &&
      (this.#events.size > this.#limits.events || this.#weight > this.#limits.weight)
    ) {
      const oldest = this.#events.get(this.#first);
      if (oldest) this.#weight -= weigh(oldest);
      this.#events.delete(this.#first);
      this.#first += 1;
    }
  }
}

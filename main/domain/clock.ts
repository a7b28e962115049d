/** Where time comes from. Decisions take it as an argument, so that a test can hold it still. */
export interface Clock {
  /** Wall clock, milliseconds since the Unix epoch: for what is shown and written. */
  nowUnixMs(): number;
  /** Milliseconds that never jump: for durations. */
  monotonicMs(): number;
}

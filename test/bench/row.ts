/** One figure of a benchmark, as the tables and the JSON print it. */
export interface BenchRow {
  name: string;
  value: number;
  unit: string;
  /** How many times `ratioTo` this is. */
  ratio?: number;
  ratioTo?: string;
  /** What is to be reached, in words, and whether it was. */
  target?: string;
  met?: boolean;
}

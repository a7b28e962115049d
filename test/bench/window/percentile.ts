/** The smallest of the values that at least `share` (0 to 1) of them do not exceed (nearest rank); NaN for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** To two decimals, as tables show it. */
export const rounded = (value: number): number => Math.round(value * 100) / 100;

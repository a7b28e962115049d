/**
 * Where a key moves the active row of a list: arrows or j and k by one, Page keys by a page, Home and End to the ends.
 * Null for a key that moves nothing.
 */
export function movedIndex(key: string, active: number, count: number, page: number): number | null {
  if (count === 0) return null;
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    j: 1,
    ArrowUp: -1,
    k: -1,
    PageDown: Math.max(1, page - 1),
    PageUp: -Math.max(1, page - 1),
    Home: -count,
    End: count,
  };
  const step = steps[key];
  if (step === undefined) return null;
  return Math.min(count - 1, Math.max(0, active + step));
}

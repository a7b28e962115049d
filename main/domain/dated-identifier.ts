const pattern = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z-[0-9a-f]{4}$/;

/** Whether a name is a dated identifier, for example `20261121T045200Z-1f3a`: of a moment there is. */
export function isDatedIdentifier(name: string): boolean {
  return pattern.test(name) && secondOf(name) !== Number.NEGATIVE_INFINITY;
}

/**
 * An identifier that sorts after `latest`, of the second `unixMs` is in, or of the one after the latest's. `suffix`
 * (four hexadecimal digits, by chance) tells two apart that were made at once.
 */
export function datedIdentifierAfter(latest: string | null, unixMs: number, suffix: string): string {
  const second = Math.floor(unixMs / 1_000) * 1_000;
  const latestSecond = latest === null ? Number.NEGATIVE_INFINITY : secondOf(latest);
  const at = new Date(Math.max(second, latestSecond + 1_000)).toISOString();
  return `${at.slice(0, 19).replaceAll(/[-:]/g, "")}Z-${suffix}`;
}

function secondOf(name: string): number {
  const [, year, month, day, hour, minute, second] = pattern.exec(name) ?? [];
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time;
}

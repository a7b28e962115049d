/**
 * One flag of the reference's command line. `boolean` takes `true` or `false`, or nothing at all for `true` (`--x`,
 * `--x=false`); `positive` is a whole number of 1 or more; `count` also takes 0; `list` is comma-separated and
 * may be repeated.
 */
export interface FlagDefinition {
  readonly name: string;
  readonly kind: "boolean" | "path" | "text" | "choice" | "positive" | "count" | "list";
  /** Value when the flag is not given, as it would be typed; without one the flag is absent. */
  readonly fallback?: string;
  /** Accepted values of a `choice`. */
  readonly choices?: readonly string[];
  /** The flag says what to do: exactly one such flag is given. */
  readonly command?: true;
  /** The flag only makes sense next to this one. */
  readonly requires?: string;
  readonly help: string;
}

/** Placeholder of a flag's value in help and messages; empty for flags that need none. */
export function valuePlaceholder(flag: FlagDefinition): string {
  switch (flag.kind) {
    case "boolean":
      return "";
    case "path":
      return "PATH";
    case "positive":
    case "count":
      return "N";
    case "list":
      return "A,B";
    case "choice":
      return (flag.choices ?? []).join("|");
    case "text":
      return "TEXT";
  }
}

/** The environment variable that stands in for a flag: `--voice-fixture` is `TAU_VOICE_FIXTURE` (spec/tau/surfaces.md §3). */
export function environmentName(flag: string): string {
  return `TAU_${flag.toUpperCase().replaceAll("-", "_")}`;
}

/** A parameter of the launcher: PowerShell's own form, `-Name value` or `-Name:value` (launcher.md §1). */
const parameters = [
  { name: "Root", isSwitch: false },
  { name: "Mode", isSwitch: false },
  { name: "Clean", isSwitch: true },
  { name: "SummaryFile", isSwitch: false },
  { name: "CheckpointName", isSwitch: false },
  { name: "TargetCommit", isSwitch: false },
] as const;
export type ParameterName = (typeof parameters)[number]["name"];

/** Options of the console's own, `--name value` or `--name=value`; only `acknowledge` may be repeated. */
const options = ["run-id", "from", "reason", "acknowledge", "preview-id"] as const;
export type OptionName = (typeof options)[number];

/** What was typed, by parameter and option, before it is looked at. */
export interface TypedLine {
  readonly parameters: ReadonlyMap<ParameterName, string>;
  readonly options: ReadonlyMap<OptionName, readonly string[]>;
}

/** A command line that PowerShell, too, would not bind. */
export class ParameterError extends Error {
  override readonly name = "ParameterError";
}

const switchWords: Readonly<Record<string, boolean>> = {
  $true: true,
  true: true,
  $false: false,
  false: false,
};

/**
 * Binds a command line to the launcher's parameters as PowerShell does: names in any case and as short as they are
 * unmistakable, the first bare word is the root. Throws a `ParameterError` that names the parameter.
 */
export function bindParameters(argv: readonly string[]): TypedLine {
  const bound = new Map<ParameterName, string>();
  const own = new Map<OptionName, string[]>();
  const bind = (name: ParameterName, value: string): void => {
    if (bound.has(name)) throw new ParameterError(`the parameter -${name} is given more than once`);
    bound.set(name, value);
  };
  for (let index = 0; index < argv.length; index += 1) {
    const token = argv[index] ?? "";
    const next = argv[index + 1];
    if (token.startsWith("--")) {
      const { name, value, taken } = ownOption(token, next);
      const earlier = own.get(name);
      if (earlier !== undefined && name !== "acknowledge")
        throw new ParameterError(`the option --${name} is given more than once`);
      own.set(name, [...(earlier ?? []), value]);
      if (taken) index += 1;
      continue;
    }
    const [, typed, inline] = /^-([A-Za-z?][^:]*)(?::([^]*))?$/.exec(token) ?? [];
    if (typed === undefined) {
      if (bound.has("Root"))
        throw new ParameterError(`unexpected argument "${token}": -Root is given already`);
      bind("Root", token);
      continue;
    }
    const parameter = namedParameter(typed);
    if (parameter.isSwitch) {
      bind(parameter.name, String(switchValue(parameter.name, inline ?? "true")));
    } else if (inline !== undefined) {
      bind(parameter.name, inline);
    } else {
      if (next === undefined || /^-[A-Za-z-]/.test(next))
        throw new ParameterError(`the parameter -${parameter.name} needs a value`);
      bind(parameter.name, next);
      index += 1;
    }
  }
  return { parameters: bound, options: own };
}

function namedParameter(typed: string): (typeof parameters)[number] {
  const wanted = typed.toLowerCase();
  const exact = parameters.find(({ name }) => name.toLowerCase() === wanted);
  const candidates = parameters.filter(({ name }) => name.toLowerCase().startsWith(wanted));
  const [only, another] = exact === undefined ? candidates : [exact];
  if (only === undefined) {
    const known = parameters.map(({ name }) => `-${name}`).join(", ");
    throw new ParameterError(`there is no parameter -${typed}; expected one of ${known}`);
  }
  if (another !== undefined) {
    const meant = candidates.map(({ name }) => `-${name}`).join(" or ");
    throw new ParameterError(`-${typed} may stand for ${meant}`);
  }
  return only;
}

function switchValue(name: ParameterName, text: string): boolean {
  const value = switchWords[text.toLowerCase()];
  if (value === undefined)
    throw new ParameterError(`the switch -${name} takes $true or $false, found "${text}"`);
  return value;
}

function ownOption(
  token: string,
  next: string | undefined,
): { readonly name: OptionName; readonly value: string; readonly taken: boolean } {
  const equals = token.indexOf("=");
  const typed = equals < 0 ? token.slice(2) : token.slice(2, equals);
  const name = options.find((known) => known === typed);
  if (name === undefined) {
    const known = options.map((option) => `--${option}`).join(", ");
    throw new ParameterError(`there is no option --${typed}; expected one of ${known}`);
  }
  if (equals >= 0) return { name, value: token.slice(equals + 1), taken: false };
  if (next === undefined || next.startsWith("--"))
    throw new ParameterError(`the option --${name} needs a value`);
  return { name, value: next, taken: true };
}

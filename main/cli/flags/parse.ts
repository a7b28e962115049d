import { UsageError } from "../failure";
import { environmentName, type FlagDefinition } from "./definition";
import { type FlagValue, flagUsage, parseFlagValue } from "./values";

/** The value of every flag of a command line. */
export interface ParsedFlags {
  boolean(name: string): boolean;
  number(name: string): number;
  optionalNumber(name: string): number | undefined;
  text(name: string): string;
  optionalText(name: string): string | undefined;
  list(name: string): readonly string[];
}

/**
 * Parses a command line whose one command flag says what to do (spec/tau/surfaces.md §3, health.md §4). Throws a
 * `UsageError` (exit 2) when there is none or more than one, and as `parseOptions` does.
 */
export function parseCommandLine(
  definitions: readonly FlagDefinition[],
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): { readonly command: string; readonly flags: ParsedFlags } {
  const values = readValues(definitions, argv, environment);
  return { command: onlyCommand(definitions, values), flags: typedValues(definitions, values) };
}

/**
 * Parses flags given as `--x value` or `--x=value`; one that is not given takes its environment variable, then its
 * default. Throws a `UsageError` (exit 2) for an unknown or repeated flag, a missing or unfit value, or a flag without
 * the one it belongs to.
 */
export function parseOptions(
  definitions: readonly FlagDefinition[],
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ParsedFlags {
  return typedValues(definitions, readValues(definitions, argv, environment));
}

function readValues(
  definitions: readonly FlagDefinition[],
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ReadonlyMap<string, FlagValue> {
  const byName = new Map(definitions.map((flag) => [flag.name, flag]));
  const given = readArguments(byName, argv);
  const values = new Map<string, FlagValue>();
  for (const flag of definitions) {
    const value = given.get(flag.name) ?? readEnvironment(flag, environment) ?? readFallback(flag);
    if (value !== undefined) values.set(flag.name, value);
  }
  // Only what was typed is held to this: an exported variable must not break commands it does not concern.
  for (const name of given.keys()) {
    const requires = byName.get(name)?.requires;
    if (requires !== undefined && (values.get(requires) ?? false) === false)
      throw new UsageError(`the argument '--${name}' requires '--${requires}'`);
  }
  return values;
}

function readArguments(
  byName: ReadonlyMap<string, FlagDefinition>,
  argv: readonly string[],
): Map<string, FlagValue> {
  const given = new Map<string, FlagValue>();
  for (let index = 0; index < argv.length; index += 1) {
    const token = argv[index] ?? "";
    const equals = token.indexOf("=");
    const name = equals < 0 ? token.slice(2) : token.slice(2, equals);
    const flag = token.startsWith("--") ? byName.get(name) : undefined;
    if (flag === undefined) throw new UsageError(`unexpected argument '${token}' found`);
    const next = argv[index + 1];
    let text: string;
    if (equals >= 0) text = token.slice(equals + 1);
    else if (flag.kind === "boolean") {
      const explicit = next === "true" || next === "false";
      text = explicit ? next : "true";
      if (explicit) index += 1;
    } else {
      if (next === undefined || next.startsWith("--"))
        throw new UsageError(`a value is required for '${flagUsage(flag)}' but none was supplied`);
      text = next;
      index += 1;
    }
    const value = parseFlagValue(flag, text, flagUsage(flag));
    const earlier = given.get(name);
    if (earlier === undefined) given.set(name, value);
    else if (Array.isArray(earlier) && Array.isArray(value)) given.set(name, [...earlier, ...value]);
    else throw new UsageError(`the argument '${flagUsage(flag)}' cannot be used multiple times`);
  }
  return given;
}

function readEnvironment(
  flag: FlagDefinition,
  environment: Readonly<Record<string, string | undefined>>,
): FlagValue | undefined {
  const name = environmentName(flag.name);
  const text = environment[name];
  // An empty variable is how a shell unsets one for a single command.
  return text === undefined || text === "" ? undefined : parseFlagValue(flag, text, name);
}

function readFallback(flag: FlagDefinition): FlagValue | undefined {
  return flag.fallback === undefined
    ? undefined
    : parseFlagValue(flag, flag.fallback, `default of --${flag.name}`);
}

function onlyCommand(definitions: readonly FlagDefinition[], values: ReadonlyMap<string, FlagValue>): string {
  const commands = definitions.filter(
    (flag) => flag.command === true && values.has(flag.name) && values.get(flag.name) !== false,
  );
  const [first, second] = commands;
  if (first === undefined) throw new UsageError("no command was given: nothing to run or to inspect");
  if (second !== undefined)
    throw new UsageError(`the argument '--${second.name}' cannot be used with '--${first.name}'`);
  return first.name;
}

function typedValues(
  definitions: readonly FlagDefinition[],
  values: ReadonlyMap<string, FlagValue>,
): ParsedFlags {
  const names = new Set(definitions.map((flag) => flag.name));
  function read(name: string): FlagValue | undefined {
    if (!names.has(name)) throw new Error(`there is no flag --${name}`);
    return values.get(name);
  }
  function readText(name: string): string | undefined {
    const value = read(name);
    return typeof value === "string" ? value : undefined;
  }
  function readNumber(name: string): number | undefined {
    const value = read(name);
    return typeof value === "number" ? value : undefined;
  }
  return {
    boolean: (name) => read(name) === true,
    number: (name) => {
      const value = readNumber(name);
      if (value === undefined) throw new Error(`--${name} is not a number`);
      return value;
    },
    optionalNumber: readNumber,
    text: (name) => {
      const value = readText(name);
      if (value === undefined) throw new Error(`--${name} has no value`);
      return value;
    },
    optionalText: readText,
    list: (name) => {
      const value = read(name);
      return Array.isArray(value) ? (value as readonly string[]) : [];
    },
  };
}

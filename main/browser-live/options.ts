import { parseArgs, type ParseArgsConfig } from "node:util";
import { UsageError } from "../cli/failure";

/** Parses `--name value` options and switches; throws a `UsageError` for anything unknown, repeated or left without a value. */
export function readOptions<Options extends NonNullable<ParseArgsConfig["options"]>>(
  argv: readonly string[],
  options: Options,
): ReturnType<typeof parseArgs<{ options: Options; strict: true; tokens: true }>>["values"] {
  let parsed;
  try {
    parsed = parseArgs({ args: [...argv], options, strict: true, allowPositionals: false, tokens: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const given = parsed.tokens.flatMap((token) => (token.kind === "option" ? [token.name] : []));
  const repeated = given.find((name, index) => given.indexOf(name) !== index);
  if (repeated !== undefined)
    throw new UsageError(`the argument '--${repeated}' cannot be used multiple times`);
  return parsed.values;
}

/** The value of an option that must be given and not be blank. */
export function required(value: string | undefined, name: string): string {
  if (value === undefined) throw new UsageError(`--${name} is required`);
  if (value.trim() === "") throw new UsageError(`--${name}: expected a value that is not blank`);
  return value;
}

/** A whole number of 1 or more. */
export function positive(value: string, name: string): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!Number.isSafeInteger(number) || number < 1)
    throw new UsageError(`--${name}: expected a whole number of 1 or more, found '${value}'`);
  return number;
}

import { z } from "zod";

/** Takes off what only says that a value may be left out or be null. */
function unwrap(schema: unknown): unknown {
  let inner = schema;
  while (
    inner instanceof z.ZodOptional ||
    inner instanceof z.ZodDefault ||
    inner instanceof z.ZodPrefault ||
    inner instanceof z.ZodNullable
  )
    inner = inner.unwrap();
  return inner;
}

function acceptsNull(schema: unknown): boolean {
  return schema instanceof z.ZodType && schema.safeParse(null).success;
}

/** The schema of a key, as far as the document decides which one applies (a driver's kind picks its keys). */
export function schemaAt(root: z.ZodType, path: readonly PropertyKey[], document: unknown): unknown {
  let outer: unknown = root;
  let value = document;
  for (const key of [...path, null]) {
    let schema = unwrap(outer);
    if (schema instanceof z.ZodDiscriminatedUnion) {
      const { discriminator } = schema.def;
      const chosen = (value as Record<string, unknown> | null | undefined)?.[discriminator];
      const options = schema.options.filter((option) => option instanceof z.ZodObject);
      const option = options.find(
        (candidate) => (candidate.shape[discriminator] as z.ZodLiteral).value === chosen,
      );
      if (option !== undefined) outer = schema = option;
      else if (key === discriminator)
        return z.enum(options.map((each) => String((each.shape[discriminator] as z.ZodLiteral).value)));
    }
    if (key === null) break;
    if (schema instanceof z.ZodObject) outer = schema.shape[String(key)];
    else if (schema instanceof z.ZodArray) outer = schema.element;
    else if (schema instanceof z.ZodRecord) outer = schema.valueType;
    else return undefined;
    value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
  }
  return outer;
}

const list = (words: readonly string[]): string => words.map((word) => JSON.stringify(word)).join(" or ");

/** What a schema accepts, in words an operator can act on. */
export function describeExpectation(schema: unknown): string {
  return `${describeKind(unwrap(schema))}${acceptsNull(schema) ? ", or null" : ""}`;
}

function describeKind(inner: unknown): string {
  if (inner instanceof z.ZodNumber) return `a whole number from ${inner.minValue} to ${inner.maxValue}`;
  if (inner instanceof z.ZodBoolean) return "true or false";
  if (inner instanceof z.ZodLiteral)
    return [...inner.values].map((value) => JSON.stringify(value)).join(" or ");
  if (inner instanceof z.ZodEnum) return list(inner.options.map(String));
  if (inner instanceof z.ZodString) {
    const upTo = inner.maxLength === null ? "" : ` of at most ${inner.maxLength} characters`;
    return `text${upTo}${(inner.minLength ?? 0) > 0 ? " that is not blank" : ""}`;
  }
  if (inner instanceof z.ZodArray) {
    const filled = inner.def.checks?.some((check) => check._zod.def.check === "min_length") ?? false;
    return `a list${filled ? " with at least one entry" : ""}, each ${describeExpectation(inner.element)}`;
  }
  if (inner instanceof z.ZodRecord)
    return `an object whose values are ${describeExpectation(inner.valueType)}`;
  if (inner instanceof z.ZodDiscriminatedUnion) return `an object with the key "${inner.def.discriminator}"`;
  if (inner instanceof z.ZodUnion) return inner.options.map(describeExpectation).join(", or ");
  if (inner instanceof z.ZodObject) return `an object with keys among ${Object.keys(inner.shape).join(", ")}`;
  return "another value";
}

/** Whether a schema is of a list and of nothing else. */
export function isList(schema: unknown): boolean {
  return unwrap(schema) instanceof z.ZodArray;
}

/** Keys an object schema knows; empty when the schema is not one. */
export function knownKeys(schema: unknown): string[] {
  const inner = unwrap(schema);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

/** Words a schema accepts where it is a choice of words; empty otherwise. */
export function knownWords(schema: unknown): string[] {
  const inner = unwrap(schema);
  return inner instanceof z.ZodEnum ? inner.options.map(String) : [];
}

import fc from "fast-check";

type Path = readonly (string | number)[];

/** Places of every value inside a document, the document itself first. */
function valuePaths(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, member]) =>
    valuePaths(member, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return [path, ...inner];
}

const strangeValues: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  65_536,
  4_294_967_296,
  Number.MAX_SAFE_INTEGER,
  1e300,
  "",
  " \u3000",
  "..",
  "../../../../etc/passwd",
  "\0",
  "\u2028\u{1f680}",
  "x".repeat(5000),
  [],
  {},
  [null],
  { "": {} },
  ["a", "A"],
];

/** Text of the document after one change: a value replaced, removed or doubled, or the text itself damaged. */
export function mutatedText(document: unknown): fc.Arbitrary<string> {
  const paths = valuePaths(document);
  const text = JSON.stringify(document);
  const replaced = fc
    .tuple(
      fc.constantFrom(...paths),
      fc.oneof(fc.constantFrom(...strangeValues), fc.jsonValue({ maxDepth: 2 })),
    )
    .map(([path, value]) => JSON.stringify(changed(document, path, () => value)));
  const removed = fc
    .constantFrom(...paths)
    .map((path) => JSON.stringify(changed(document, path, () => undefined)) ?? "");
  const doubled = fc
    .constantFrom(...paths)
    .map((path) => JSON.stringify(changed(document, path, (value) => [value, value])));
  const place = fc.nat(text.length);
  const damaged = fc
    .tuple(place, place, fc.string({ unit: "binary", maxLength: 8 }))
    .map(
      ([left, right, insert]) =>
        text.slice(0, Math.min(left, right)) + insert + text.slice(Math.max(left, right)),
    );
  return fc.oneof(
    { weight: 4, arbitrary: replaced },
    { weight: 2, arbitrary: removed },
    { weight: 1, arbitrary: doubled },
    { weight: 2, arbitrary: damaged },
  );
}

function changed(value: unknown, path: Path, change: (value: unknown) => unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  const copy: Record<string | number, unknown> | unknown[] = Array.isArray(value)
    ? [...value]
    : { ...(value as object) };
  const slot = copy as Record<string | number, unknown>;
  slot[key] = changed(slot[key], rest, change);
  return copy;
}

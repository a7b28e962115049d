/**
 * A finite float as Python writes it: the shortest digits that read back as the same float, with an exponent of at least
 * two digits below 1e-4 and from 1e16 on: `1.0`, `100000.0`, `1e-07`, `1e+22`, `-0.0`.
 */
export function printPythonFloat(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    return value.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
  }
  const text = Object.is(value, -0) ? "-0" : String(value);
  return text.includes(".") ? text : `${text}.0`;
}

import { afterEach, beforeEach, vi } from "vitest";

/**
 * A warning or an error on the console is a defect nobody looked at, so it fails the test in which it is printed.
 * A test that expects one replaces `console.error` with a spy of its own.
 */
const unexpected: string[] = [];

beforeEach(() => {
  unexpected.length = 0;
  for (const method of ["error", "warn"] as const) {
    vi.spyOn(console, method).mockImplementation((...values: unknown[]) => {
      unexpected.push(
        `console.${method}: ${values.map((value) => (value instanceof Error ? value.stack : value)).join(" ")}`,
      );
    });
  }
});

afterEach(() => {
  vi.restoreAllMocks();
  if (unexpected.length > 0) throw new Error(`unexpected console output\n${unexpected.join("\n")}`);
});

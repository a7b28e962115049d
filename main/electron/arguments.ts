import { parseArgs } from "node:util";

/**
 * The workspace of `--workspace DIR`, or null when it is not given. Everything else is left alone: Chromium and
 * Electron have switches of their own.
 */
export function workspaceArgument(argv: readonly string[]): string | null {
  const { values } = parseArgs({
    args: [...argv],
    options: { workspace: { type: "string" } },
    strict: false,
    allowPositionals: true,
  });
  return typeof values.workspace === "string" && values.workspace !== "" ? values.workspace : null;
}

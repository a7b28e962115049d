import { resolve } from "node:path";
import { settle } from "../../../tos/launcher/settle";
import type { CommandContext } from "../../terminal";
import { operationHost } from "./operation-host";
import { parseTosRollback, provenanceOf } from "./rollback-arguments";
import { listRecoveries, showPreview } from "./rollback-reading";

/**
 * `gatehouse tos-rollback`: what the window can do around a rollback of a project: look at what one would do, undo or
 * finish one, and make the working tree clean before it. Exit code 0, or 1 when it was refused or failed. Throws a
 * `UsageError` (exit 2) for a wrong command line.
 */
export async function runTosRollback(argv: readonly string[], context: CommandContext): Promise<number> {
  const parsed = parseTosRollback(argv);
  const { command, flags } = parsed;
  switch (command) {
    case "preview":
      return showPreview(flags, context);
    case "list":
      return listRecoveries(flags, context);
    case "undo":
    case "finish":
      return settle(
        {
          operation: command,
          root: resolve(flags.text("root")),
          recoveryId: flags.optionalText("recovery") ?? null,
          treeDigest: null,
          provenance: {
            ...provenanceOf(parsed),
            previewId: command === "undo" ? (flags.optionalText("preview-id") ?? null) : null,
          },
        },
        operationHost(context),
      );
    case "stash":
    case "discard":
      return settle(
        {
          operation: command,
          root: resolve(flags.text("root")),
          recoveryId: null,
          treeDigest: flags.optionalText("tree-digest") ?? null,
          provenance: provenanceOf(parsed),
        },
        operationHost(context),
      );
  }
}

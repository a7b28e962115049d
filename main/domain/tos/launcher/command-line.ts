import type { TosLaunch } from "#contract/tos/command";
import type { Acknowledgement } from "#contract/tos/progress";
import { acknowledgementText } from "./acknowledgements";

/** Where every launch of a window leaves its summary, relative to the root (governance G45). */
export const summaryFile = "logs/last_run_summary.json";

/** The process that a window begins. */
export interface Begun {
  readonly root: string;
  readonly runId: string;
}

/**
 * The command line (after the program's name) that carries out what a window asked for. Values are joined to their names,
 * so that no text of an operator can be taken for a parameter.
 */
export function commandLineOf(launch: TosLaunch, begun: Begun): string[] {
  switch (launch.operation) {
    case "run":
    case "test":
    case "cleanrun":
      return launcher(launch, begun, [`-SummaryFile:${summaryFile}`, ...(launch.clean ? ["-Clean"] : [])]);
    case "checkpoint":
      return launcher(launch, begun, [`-SummaryFile:${summaryFile}`, `-CheckpointName:${launch.name}`]);
    case "rollback":
      return launcher(launch, begun, [
        `-SummaryFile:${summaryFile}`,
        ...(launch.target === null ? [] : [`-TargetCommit:${launch.target}`]),
        `--preview-id=${launch.previewId}`,
      ]);
    case "undo":
      return settling(launch, begun, [`--recovery=${launch.recoveryId}`, `--preview-id=${launch.previewId}`]);
    case "finish":
      return settling(launch, begun, [`--recovery=${launch.recoveryId}`]);
    case "stash":
    case "discard":
      return settling(launch, begun, [`--tree-digest=${launch.treeDigest}`]);
  }
}

interface Asked {
  readonly operation: string;
  readonly reason: string;
  readonly acknowledgements: readonly Acknowledgement[];
}

function launcher(asked: Asked, begun: Begun, own: readonly string[]): string[] {
  return ["tos", `-Mode:${asked.operation}`, `-Root:${begun.root}`, ...own, ...provenance(asked, begun)];
}

function settling(asked: Asked, begun: Begun, own: readonly string[]): string[] {
  return ["tos-rollback", asked.operation, `--root=${begun.root}`, ...own, ...provenance(asked, begun)];
}

function provenance({ reason, acknowledgements }: Asked, { runId }: Begun): string[] {
  return [
    `--run-id=${runId}`,
    "--from=window",
    `--reason=${reason}`,
    ...acknowledgements.map((acknowledgement) => `--acknowledge=${acknowledgementText(acknowledgement)}`),
  ];
}

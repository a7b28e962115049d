import type { TosLaunch } from "#contract/tos/command";
import type { TosOperation } from "#contract/tos/vocabulary";

/** What of a launch stands in the operator log. */
export interface DescribedLaunch {
  readonly action: TosOperation;
  readonly reason: string;
  readonly effect: string;
}

/** Says what is begun, on what, and what is gone on in spite of. */
export function describeLaunch(launch: TosLaunch, runId: string): DescribedLaunch {
  const acknowledged = launch.acknowledgements.map(({ rule, reason }) => `${rule} acknowledged: ${reason}`);
  return {
    action: launch.operation,
    reason: launch.reason,
    effect: [`TOS run ${runId} begun`, ...subjectOf(launch), ...acknowledged].join("; "),
  };
}

function subjectOf(launch: TosLaunch): string[] {
  switch (launch.operation) {
    case "run":
    case "test":
    case "cleanrun":
      return launch.clean ? ["cleaned first"] : [];
    case "checkpoint":
      return [`checkpoint "${launch.name}"`];
    case "rollback":
      return [`to ${launch.target ?? "the last checkpoint"} as previewed in ${launch.previewId}`];
    case "undo":
      return [`of ${launch.recoveryId} as previewed in ${launch.previewId}`];
    case "finish":
      return [`of ${launch.recoveryId}`];
    case "stash":
    case "discard":
      return [`of the working tree ${launch.treeDigest}`];
  }
}

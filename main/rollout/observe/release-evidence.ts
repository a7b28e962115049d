import { resolve } from "node:path";
import type { Observation } from "#contract/rollout/observation";
import type { RolloutProfile } from "#contract/rollout/profile";
import { checklistEvidence } from "#domain/rollout/sample/checklist-evidence";
import { ciEvidence } from "#domain/rollout/sample/ci-evidence";
import { controlEvidence } from "#domain/rollout/sample/control-evidence";
import { harnessEvidence } from "#domain/rollout/sample/harness-evidence";
import { releaseChannelEvidence } from "#domain/rollout/sample/release-channel-evidence";
import type { Source, Sourced } from "#domain/rollout/sample/source";
import { lookTwice } from "./file-source";

/** Evidence that concerns the release as a whole. */
export type ReleaseEvidence = Pick<
  Observation,
  "control" | "harness" | "ci" | "releaseChannel" | "checklist"
>;

const isReadable = ({ status }: Sourced): boolean => status !== "unreadable";

/** Reads every file a profile names, each for itself. `read` takes an absolute path and never rejects. */
export async function readReleaseEvidence(
  workspacePath: string,
  { evidence: paths }: RolloutProfile,
  read: (path: string) => Promise<Source>,
): Promise<ReleaseEvidence> {
  const source = (path: string): Promise<Source> => read(resolve(workspacePath, path));
  const [control, harness, ci, releaseChannel, checklist] = await Promise.all([
    lookTwice(async () => controlEvidence(await source(paths.dashboardControl)), isReadable),
    lookTwice(
      async () =>
        harnessEvidence(...(await Promise.all([source(paths.harnessReport), source(paths.harnessManifest)]))),
      (evidence) => isReadable(evidence) && evidence.manifestProblem === "",
    ),
    lookTwice(async () => ciEvidence(await source(paths.ci)), isReadable),
    lookTwice(async () => releaseChannelEvidence(await source(paths.releaseChannel)), isReadable),
    lookTwice(async () => checklistEvidence(await source(paths.checklist)), isReadable),
  ]);
  return { control, harness, ci, releaseChannel, checklist };
}

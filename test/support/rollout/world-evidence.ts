import type { Observation } from "#contract/rollout/observation";
import { checklistItems } from "#domain/rollout/checklist";
import { defaultProfile } from "./judged-state";
import { harnessSurfaceIds, passingHarness, testCandidate } from "./observation";
import type { ChecklistSlot, World } from "./world";
import { place, whole } from "./world-records";

type DerivedItem = Observation["checklist"]["items"][number];
const derivedItems = new WeakMap<ChecklistSlot, DerivedItem>();

/** An item of the checklist, in the slot of its place in the template. */
function itemOf(id: string, index: number, item: ChecklistSlot, path: string): DerivedItem {
  const known = derivedItems.get(item) ?? {
    id,
    ...item,
    record: place(path, index + 3, { id, ...item }),
  };
  derivedItems.set(item, known);
  return known;
}

/** Everything a check saw besides the surfaces; `healthy` gives the places. */
export function releaseEvidence(world: World, healthy: Observation): Omit<Observation, "at" | "surfaces"> {
  const { control, ci, releaseChannel, checklist } = healthy;
  const isMissing = (state: string) => state === "missing" || state === "unreadable";
  const sourced = (state: string, path: string) =>
    ({
      status: isMissing(state) ? (state as "missing" | "unreadable") : "ok",
      problem: isMissing(state) ? `${path}: ${state}` : "",
      path,
    }) as const;
  const conclusion = isMissing(world.ci.state) ? "" : world.ci.conclusion;
  const commit = world.ci.isOtherCommit ? "abcdef0123" : testCandidate.commit.slice(0, 9);
  const version = { good: "v2.7.4", none: "none", "not-a-version": "2.x", missing: "", unreadable: "" }[
    world.show
  ];
  return {
    control: {
      ...sourced(world.control, control.path),
      mode: world.control === "paused" ? "paused" : "running",
      record: isMissing(world.control) ? null : whole(control.path, { mode: world.control }),
    },
    harness: harnessOf(world),
    ci: {
      ...sourced(world.ci.state, ci.path),
      commit,
      conclusion,
      record: isMissing(world.ci.state) ? null : whole(ci.path, { commit, conclusion }),
    },
    releaseChannel: {
      ...releaseChannel,
      ...sourced(world.show, releaseChannel.path),
      rollbackVersion: version,
      record: isMissing(world.show) ? null : place(releaseChannel.path, 1, `rollback_version=${version}`),
    },
    checklist: {
      ...sourced(world.checklist, checklist.path),
      items: isMissing(world.checklist)
        ? []
        : checklistItems.flatMap(({ id }, index) => {
            const item = world.items[index] ?? null;
            if (item === null) return [];
            return [itemOf(id, index, item, checklist.path)];
          }),
    },
  };
}

const passing = passingHarness();

function harnessOf({ harnessReport: report, harnessManifest: manifest }: World): Observation["harness"] {
  const isThere = report !== "missing" && report !== "unreadable";
  const overall = {
    status: report === "one-failed" ? "failed" : "passed",
    total_surfaces: report === "early-stop" ? 1 : 5,
    passed_surfaces: report === "one-failed" ? 4 : report === "early-stop" ? 1 : 5,
    failed_surfaces: report === "one-failed" ? 1 : 0,
  };
  const ids =
    report === "early-stop"
      ? ["voice"]
      : report === "wrong-set"
        ? ["gateway", "voice"]
        : [...harnessSurfaceIds];
  const started = testCandidate.createdUnixMs + (manifest === "old" ? -1 : 0);
  const commands = passing.commands.map(({ surfaceId, command }) => ({
    surfaceId,
    command: manifest === "no-skip-build" ? command.filter((word) => word !== "--skip-build") : command,
  }));
  return {
    ...passing,
    status: isThere ? "ok" : report,
    problem: isThere ? "" : `${passing.path}: ${report}`,
    overall: isThere ? overall : null,
    surfaceIds: isThere ? ids : [],
    reportRecord: isThere ? whole(passing.path, { overall, ids }) : null,
    commands: manifest === "missing" ? [] : commands,
    startedUnixMs: manifest === "missing" ? (isThere ? started : null) : started,
    manifestProblem: manifest === "missing" ? "manifest.json does not exist" : "",
    manifestRecord:
      manifest === "missing" ? null : whole(defaultProfile.evidence.harnessManifest, { started, commands }),
  };
}

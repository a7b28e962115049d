import { surfaceIds } from "#contract/identity";
import type { RolloutProfile } from "#contract/rollout/profile";
import { defaultProfile } from "./judged-state";
import { advancing, flat, type World } from "./world";

const profiles = new Map<string, RolloutProfile>();

/** The profile of a world; the very same object for the same choices. */
export function profileOf(world: World): RolloutProfile {
  const key = `${world.tolerance} ${world.extras}`;
  const profile = profiles.get(key) ?? makeProfile(world);
  profiles.set(key, profile);
  return profile;
}

function makeProfile({ tolerance, extras }: World): RolloutProfile {
  if (!extras) return { ...defaultProfile, retryTolerance: tolerance };
  return {
    ...defaultProfile,
    retryTolerance: tolerance,
    phases: defaultProfile.phases.map((phase) =>
      phase.id === "preflight" ? phase : { ...phase, gates: [...phase.gates, "G13"] },
    ),
    surfaceRules: surfaceIds.flatMap((surface) => [
      ...(advancing[surface].length > 0
        ? [
            {
              surface,
              kind: "advances" as const,
              codes: [...advancing[surface]],
              fromPhase: "canary-2" as const,
            },
          ]
        : []),
      ...(flat[surface].length > 0
        ? [{ surface, kind: "flat" as const, codes: [...flat[surface]], fromPhase: "canary-1" as const }]
        : []),
    ]),
  };
}

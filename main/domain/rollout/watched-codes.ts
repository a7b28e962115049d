import type { SurfaceId } from "#contract/identity";
import { hardErrorCodes, retryCodes } from "#contract/rollout/observation";
import type { RolloutProfile } from "#contract/rollout/profile";

/** Reason codes a rollout counts on a surface: those of G8 and G11, and those its profile's surface rules (G13) name. */
export function watchedCodes(profile: RolloutProfile, surface: SurfaceId): string[] {
  const ruled = profile.surfaceRules.flatMap((rule) => (rule.surface === surface ? rule.codes : []));
  return [...new Set<string>([...hardErrorCodes, ...retryCodes, ...ruled])];
}

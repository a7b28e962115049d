import type { FreezeWindow, PhaseProfile, RolloutProfile } from "#contract/rollout/profile";
import { phaseIds, type GateId, type PhaseId } from "#contract/rollout/vocabulary";

const preflightGates: ReadonlySet<GateId> = new Set<GateId>(["G1", "G2", "G3"]);

/**
 * What is inconsistent in a profile that has the right shape, one line each, beginning with the field; empty when it can
 * be used. Whether it is strict enough is its author's decision, not ours.
 */
export function profileProblems(profile: RolloutProfile): string[] {
  return [
    ...profile.phases.flatMap((phase, index) => phaseProblems(profile, phase, index)),
    ...surfaceRuleProblems(profile),
    ...intervalProblems(profile),
    ...freezeWindowProblems(profile.freezeWindows),
    ...(profile.automaticPromotionThrough === "preflight"
      ? [
          `automaticPromotionThrough: expected null or one of ${phaseIds.slice(1).join(", ")}; ` +
            "a rollout starts in preflight, nothing promotes into it",
        ]
      : []),
  ];
}

/** Order, percents and soaks follow spec/tau/rollout.md §2, which gate fits where §3. */
function phaseProblems(profile: RolloutProfile, phase: PhaseProfile, index: number): string[] {
  const field = `phases.${index}`;
  const expectedId = phaseIds[index];
  if (phase.id !== expectedId)
    return [
      `${field}.id: expected ${JSON.stringify(expectedId)}, found "${phase.id}"; the order of phases is fixed`,
    ];
  return [
    ...percentProblems(profile, phase, index).map((problem) => `${field}.percent: ${problem}`),
    ...soakProblems(phase).map((problem) => `${field}.minimumSoakMs: ${problem}`),
    ...repeated(phase.gates).map((gate) => `${field}.gates: ${gate} is demanded twice`),
    ...phase.gates.flatMap((gate) =>
      gateProblems(profile, phase.id, gate).map((problem) => `${field}.gates: ${problem}`),
    ),
  ];
}

function percentProblems({ phases }: RolloutProfile, phase: PhaseProfile, index: number): string[] {
  const before = phases[index - 1];
  if (before === undefined)
    return phase.percent === 0 ? [] : [`expected 0 before the first canary, found ${phase.percent}`];
  if (phase.percent <= before.percent)
    return [`expected more than the ${before.percent} of ${before.id}, found ${phase.percent}`];
  if (index === phases.length - 1 && phase.percent !== 100)
    return [`expected 100 in the last phase, found ${phase.percent}`];
  return [];
}

function soakProblems({ id, minimumSoakMs }: PhaseProfile): string[] {
  if (id === "preflight")
    return minimumSoakMs === 0
      ? []
      : [`expected 0, found ${minimumSoakMs}; what preflight waits for is one full run of the harness (G1)`];
  return minimumSoakMs > 0 ? [] : ["expected 1 or more; only preflight has no soak"];
}

function gateProblems(profile: RolloutProfile, phase: PhaseId, gate: GateId): string[] {
  if ((phase === "preflight") !== preflightGates.has(gate))
    return [
      phase === "preflight"
        ? `${gate} cannot be judged before a surface gets the candidate; expected G1, G2 or G3`
        : `${gate} is judged in preflight only`,
    ];
  if (gate === "G11" && !isReached("canary-3", phase))
    return ["G11 counts from the entry of canary-3 on and cannot be judged before it"];
  if (gate === "G13" && !profile.surfaceRules.some((rule) => isReached(rule.fromPhase, phase)))
    return [`G13 is demanded, but surfaceRules has none that applies in ${phase}`];
  return [];
}

function surfaceRuleProblems(profile: RolloutProfile): string[] {
  return profile.surfaceRules.flatMap((rule, index) => {
    if (rule.fromPhase === "preflight")
      return [
        `surfaceRules.${index}.fromPhase: expected canary-1 or later; preflight judges no surface, found "preflight"`,
      ];
    const judged = profile.phases.some(
      ({ id, gates }) => gates.includes("G13") && isReached(rule.fromPhase, id),
    );
    return judged
      ? []
      : [`surfaceRules.${index}: never judged, no phase from ${rule.fromPhase} on demands G13`];
  });
}

function intervalProblems(profile: RolloutProfile): string[] {
  const { checkIntervalMs, manualCheckDistanceMs, maximumEvidenceAgeMs } = profile;
  return [
    ...(maximumEvidenceAgeMs < checkIntervalMs
      ? [
          `maximumEvidenceAgeMs: expected at least checkIntervalMs (${checkIntervalMs}), found ${maximumEvidenceAgeMs}; ` +
            "what was fresh at one check would be stale before the next",
        ]
      : []),
    ...(manualCheckDistanceMs > checkIntervalMs
      ? [
          `manualCheckDistanceMs: expected at most checkIntervalMs (${checkIntervalMs}), found ${manualCheckDistanceMs}; ` +
            "no check by hand would ever be far enough from a scheduled one",
        ]
      : []),
  ];
}

function freezeWindowProblems(windows: readonly FreezeWindow[]): string[] {
  return [
    ...repeated(windows.map(({ id }) => id)).map((id) => `freezeWindows: the id "${id}" is given twice`),
    ...windows.flatMap(({ weekdays, timeZone }, index) => [
      ...repeated(weekdays).map((day) => `freezeWindows.${index}.weekdays: ${day} is given twice`),
      ...(isTimeZone(timeZone)
        ? []
        : [
            `freezeWindows.${index}.timeZone: expected an IANA name such as Europe/Zurich, found "${timeZone}"`,
          ]),
    ]),
  ];
}

/** Offsets such as `+01:00` are no names, though later versions of the language take them. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** Whether a rollout in `phase` has come as far as `from`. */
function isReached(from: PhaseId, phase: PhaseId): boolean {
  return phaseIds.indexOf(phase) >= phaseIds.indexOf(from);
}

/** Each value that occurs more than once. */
function repeated<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

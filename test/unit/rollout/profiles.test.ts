import { expect, test } from "vitest";
import { rolloutProfileSchema, type RolloutProfile } from "#contract/rollout/profile";
import { builtInProfiles } from "#domain/rollout/built-in-profiles";
import { profileProblems } from "#domain/rollout/profile-rules";

function builtIn(id: string): RolloutProfile {
  const profile = builtInProfiles.find((candidate) => candidate.id === id);
  if (profile === undefined) throw new Error(`no built-in profile ${id}`);
  return profile;
}

/** The default profile as a file would say it, with one change made. */
function changed(change: (profile: RolloutProfile) => void): RolloutProfile {
  const profile = structuredClone(builtIn("default"));
  change(profile);
  return rolloutProfileSchema.parse(profile);
}

function phase(profile: RolloutProfile, index: number): RolloutProfile["phases"][number] {
  const found = profile.phases[index];
  if (found === undefined) throw new Error(`no phase ${index}`);
  return found;
}

test("the default profile is the table of seed 003", () => {
  const { phases, ...profile } = builtIn("default");
  expect(phases.map(({ id, percent, minimumSoakMs }) => [id, percent, minimumSoakMs])).toEqual([
    ["preflight", 0, 0],
    ["canary-1", 5, 1_800_000],
    ["canary-2", 25, 3_600_000],
    ["canary-3", 50, 7_200_000],
    ["general-availability", 100, 86_400_000],
  ]);
  expect(phases.map(({ gates }) => gates.join(" "))).toEqual([
    "G1 G2 G3",
    "G4 G5 G6 G7 G8",
    "G4 G5 G6 G7 G8 G9 G10",
    "G4 G5 G6 G7 G8 G9 G10 G11",
    "G4 G5 G6 G7 G8 G9 G10 G11 G12",
  ]);
  expect(profile).toMatchObject({
    rehearsal: false,
    checkIntervalMs: 300_000,
    manualCheckDistanceMs: 60_000,
    maximumEvidenceAgeMs: 900_000,
    retryTolerance: 0,
    automaticPromotionThrough: null,
    percentHook: null,
  });
});

test("a rehearsal has the gates and percents of the default and soaks of at most a minute", () => {
  const rehearsal = builtIn("rehearsal");
  expect(rehearsal.rehearsal).toBe(true);
  const demands = ({ phases }: RolloutProfile) =>
    phases.map(({ id, percent, gates }) => ({ id, percent, gates }));
  expect(demands(rehearsal)).toEqual(demands(builtIn("default")));
  for (const { minimumSoakMs } of rehearsal.phases) expect(minimumSoakMs).toBeLessThanOrEqual(60_000);
});

test("what is built in is consistent, and is what its schema makes of it", () => {
  for (const profile of builtInProfiles) {
    expect(profileProblems(profile)).toEqual([]);
    expect(rolloutProfileSchema.parse(JSON.parse(JSON.stringify(profile)))).toEqual(profile);
  }
});

test.each<[string, (profile: RolloutProfile) => void, RegExp]>([
  [
    "phases in another order",
    (profile) => void profile.phases.reverse(),
    /^phases\.0\.id: expected "preflight", found "general-availability"/,
  ],
  [
    "a percent that does not rise",
    (profile) => void (phase(profile, 2).percent = 5),
    /^phases\.2\.percent: expected more than the 5 of canary-1, found 5/,
  ],
  [
    "a preflight with traffic",
    (profile) => void (phase(profile, 0).percent = 1),
    /^phases\.0\.percent: expected 0/,
  ],
  [
    "a last phase that is not everyone",
    (profile) => void (phase(profile, 4).percent = 99),
    /^phases\.4\.percent: expected 100/,
  ],
  [
    "a canary without soak",
    (profile) => void (phase(profile, 1).minimumSoakMs = 0),
    /^phases\.1\.minimumSoakMs: expected 1 or more/,
  ],
  [
    "a preflight with soak",
    (profile) => void (phase(profile, 0).minimumSoakMs = 5),
    /^phases\.0\.minimumSoakMs: expected 0, found 5/,
  ],
  [
    "a preflight gate in a canary",
    (profile) => void phase(profile, 1).gates.push("G2"),
    /^phases\.1\.gates: G2 is judged in preflight only/,
  ],
  [
    "a surface gate in preflight",
    (profile) => void phase(profile, 0).gates.push("G4"),
    /^phases\.0\.gates: G4 cannot be judged/,
  ],
  [
    "a gate twice",
    (profile) => void phase(profile, 1).gates.push("G4"),
    /^phases\.1\.gates: G4 is demanded twice/,
  ],
  [
    "retry pressure before its baseline",
    (profile) => void phase(profile, 2).gates.push("G11"),
    /^phases\.2\.gates: G11 counts from the entry of canary-3/,
  ],
  [
    "G13 without a rule",
    (profile) => void phase(profile, 2).gates.push("G13"),
    /^phases\.2\.gates: G13 is demanded, but surfaceRules has none that applies in canary-2/,
  ],
  [
    "a surface rule that nothing demands",
    (profile) =>
      void profile.surfaceRules.push({
        surface: "voice",
        kind: "advances",
        codes: ["turns_handled"],
        fromPhase: "canary-2",
      }),
    /^surfaceRules\.0: never judged, no phase from canary-2 on demands G13/,
  ],
  [
    "a surface rule of preflight",
    (profile) =>
      void profile.surfaceRules.push({
        surface: "memory",
        kind: "flat",
        codes: ["duplicates"],
        fromPhase: "preflight",
      }),
    /^surfaceRules\.0\.fromPhase: expected canary-1 or later/,
  ],
  [
    "evidence that is stale before the next check",
    (profile) => void (profile.maximumEvidenceAgeMs = 299_999),
    /^maximumEvidenceAgeMs: expected at least checkIntervalMs \(300000\), found 299999/,
  ],
  [
    "checks by hand that are never due",
    (profile) => void (profile.manualCheckDistanceMs = 300_001),
    /^manualCheckDistanceMs: expected at most checkIntervalMs/,
  ],
  [
    "automatic promotion into the first phase",
    (profile) => void (profile.automaticPromotionThrough = "preflight"),
    /^automaticPromotionThrough: expected null or one of canary-1, /,
  ],
  [
    "an unknown time zone",
    (profile) => void profile.freezeWindows.push({ ...nights, timeZone: "Europe/Atlantis" }),
    /^freezeWindows\.0\.timeZone: expected an IANA name such as Europe\/Zurich, found "Europe\/Atlantis"/,
  ],
  [
    "an offset for a time zone",
    (profile) => void profile.freezeWindows.push({ ...nights, timeZone: "+01:00" }),
    /^freezeWindows\.0\.timeZone: /,
  ],
  [
    "two freeze windows of one name",
    (profile) => void profile.freezeWindows.push(nights, nights),
    /^freezeWindows: the id "nights" is given twice/,
  ],
  [
    "a weekday twice",
    (profile) => void profile.freezeWindows.push({ ...nights, weekdays: ["friday", "friday"] }),
    /^freezeWindows\.0\.weekdays: friday is given twice/,
  ],
])("%s: one problem that names the field", (_, change, problem) => {
  const problems = profileProblems(changed(change));
  expect(problems[0]).toMatch(problem);
  // Of reversed phases four are in the wrong place, and the middle one is no longer more than the one before.
  expect(problems).toHaveLength(problems[0]?.startsWith("phases.0.id") === true ? 5 : 1);
});

const nights: RolloutProfile["freezeWindows"][number] = {
  id: "nights",
  title: "Nights",
  weekdays: [],
  from: "20:00",
  to: "06:00",
  timeZone: "Europe/Zurich",
};

test("surface rules that a later phase demands, and zones with names, are fine", () => {
  const profile = changed((draft) => {
    for (const index of [2, 3, 4]) phase(draft, index).gates.push("G13");
    draft.surfaceRules.push({
      surface: "voice",
      kind: "advances",
      codes: ["turns_handled"],
      fromPhase: "canary-1",
    });
    draft.freezeWindows.push(nights, { ...nights, id: "utc", timeZone: "UTC" });
    draft.automaticPromotionThrough = "canary-2";
  });
  expect(profileProblems(profile)).toEqual([]);
});

import { describe, expect, it } from "vitest";
import { builtInProfiles } from "#domain/rollout/built-in-profiles";
import { startEffects } from "../../../renderer/src/features/rollout/start/start-effects";
import { checkForm, filledForm, type Choices } from "../../../renderer/src/features/rollout/start/start-form";

const candidate = { version: "2.8.0", commit: "1f3a9c20b7d4e658", createdUnixMs: 1_770_994_000_123 };
const choices: Choices = {
  profiles: builtInProfiles.map((profile) => ({ profile, source: "built in" })),
  problems: [],
  candidate,
  candidateSource: ".gatehouse/evidence/candidate.json",
};
const filled = { ...filledForm(choices), reason: "train 47" };

describe("the form a rollout is started with", () => {
  it("is filled with the proposed candidate, and asks for it to the millisecond", () => {
    expect(filled).toMatchObject({ profileId: "default", version: "2.8.0", created: "2026-02-13T14:46:40" });
    expect(checkForm(filled, candidate).request).toEqual({
      candidate,
      profileId: "default",
      reason: "train 47",
    });
  });

  it("takes a changed time as it stands in the field, in UTC", () => {
    const checked = checkForm({ ...filled, created: "2026-02-13T15:00:00" }, candidate);
    expect(checked.request?.candidate.createdUnixMs).toBe(Date.UTC(2026, 1, 13, 15));
  });

  it("takes a commit as it is copied, with blanks or capitals", () => {
    expect(checkForm({ ...filled, commit: " 1F3A9C2 " }, candidate).request?.candidate.commit).toBe(
      "1f3a9c2",
    );
  });

  it.each([
    ["version", "  ", "expected a version"],
    ["commit", "", "expected a git commit hash, 7 to 64 lower-case hexadecimal digits"],
    ["commit", "main", "expected a git commit hash, 7 to 64 lower-case hexadecimal digits"],
    ["created", "", "expected a date and time in UTC"],
    ["reason", " ", "expected a reason"],
    ["profileId", "", "expected a profile"],
  ] as const)("says at %s, when it is %j, what was expected", (field, value, message) => {
    const checked = checkForm({ ...filled, [field]: value }, candidate);
    expect(checked.request).toBeNull();
    expect(checked.problems).toEqual({ [field]: message });
  });

  it("is empty where nothing is proposed", () => {
    const empty = filledForm({ ...choices, candidate: null });
    expect(Object.keys(checkForm(empty, null).problems ?? {}).toSorted()).toEqual([
      "commit",
      "created",
      "reason",
      "version",
    ]);
  });
});

describe("what starting does", () => {
  it("says that a rehearsal is one, and only of a rehearsal", () => {
    const said = choices.profiles.map(({ profile }) => [
      profile.rehearsal,
      startEffects(profile, filled, null).some((effect) => effect.includes("rehearsal")),
    ]);
    expect(said).toEqual([
      [false, false],
      [true, true],
    ]);
  });

  it("says that it will be refused while another rollout runs", () => {
    const [first] = choices.profiles;
    const running = {
      status: "canary-1",
      candidate,
      journal: { problem: "" },
    } as unknown as Parameters<typeof startEffects>[2];
    if (first === undefined) throw new Error("No profile is built in.");
    expect(startEffects(first.profile, filled, running).at(-1)).toContain(
      "refused while the rollout of 2.8.0 runs",
    );
  });
});

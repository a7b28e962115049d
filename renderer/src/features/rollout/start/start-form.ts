import { startRolloutSchema, type StartRollout } from "#contract/rollout/command";
import { fromFieldValue, toFieldValue } from "../../../format/time";
import type { RequestOutput } from "#contract/requests";

/** What stands in the fields, as text. */
export interface StartForm {
  readonly profileId: string;
  readonly version: string;
  readonly commit: string;
  /** `datetime-local` value, UTC. */
  readonly created: string;
  readonly reason: string;
}
export type StartField = keyof StartForm;

export type Choices = RequestOutput<"rollout.profiles">;

/** The fields as they are first shown: the workspace's candidate where it proposes one, the first profile. */
export function filledForm(choices: Choices): StartForm {
  const { candidate, profiles } = choices;
  return {
    profileId: profiles[0]?.profile.id ?? "",
    version: candidate?.version ?? "",
    commit: candidate?.commit ?? "",
    created: candidate === null ? "" : toFieldValue(candidate.createdUnixMs),
    reason: "",
  };
}

/** What the fields ask for, or what is wrong with each: the contract's words, by field. */
export type CheckedForm =
  | { readonly request: StartRollout; readonly problems: null }
  | { readonly request: null; readonly problems: Readonly<Partial<Record<StartField, string>>> };

const fieldOf: Readonly<Record<string, StartField>> = {
  "candidate.version": "version",
  "candidate.commit": "commit",
  "candidate.createdUnixMs": "created",
  profileId: "profileId",
  reason: "reason",
};

/** Checks the fields against the contract. `proposed` keeps the milliseconds that a field cannot show. */
export function checkForm(form: StartForm, proposed: Choices["candidate"]): CheckedForm {
  const untouched = proposed !== null && form.created === toFieldValue(proposed.createdUnixMs);
  const parsed = startRolloutSchema.safeParse({
    candidate: {
      version: form.version,
      commit: form.commit.trim().toLowerCase(),
      createdUnixMs: untouched ? proposed.createdUnixMs : fromFieldValue(form.created),
    },
    profileId: form.profileId,
    reason: form.reason,
  });
  if (parsed.success) return { request: parsed.data, problems: null };
  const problems: Partial<Record<StartField, string>> = {};
  for (const issue of parsed.error.issues) {
    const field = fieldOf[issue.path.join(".")];
    if (field !== undefined && problems[field] === undefined)
      problems[field] = messageOf(field, form, issue.message);
  }
  return { request: null, problems };
}

const empty: Readonly<Record<StartField, string>> = {
  profileId: "expected a profile",
  version: "expected a version",
  commit: "expected a git commit hash, 7 to 64 lower-case hexadecimal digits",
  created: "expected a date and time in UTC",
  reason: "expected a reason",
};

/** An empty field is told what belongs there; a wrong one what the contract says. */
function messageOf(field: StartField, form: StartForm, message: string): string {
  return form[field].trim() === "" ? empty[field] : message;
}

import { useState } from "react";
import type { BridgeError } from "#contract/envelope";
import type { Refusal } from "#contract/rollout/command";
import { hostClient } from "../../../state/console-store";
import { rolloutRoute } from "../../../state/route";
import { useLatestRollout } from "../../../state/use-latest-rollout";
import { asBridgeError } from "../../../state/use-request";
import { navigate } from "../../../state/use-route";
import { Button } from "../../../ui/Button";
import { DetailLines } from "../../../ui/DetailLines";
import { EmptyState, ErrorNotice, Notice } from "../../../ui/Notice";
import { RefusalNotice } from "../../../ui/RefusalNotice";
import { RehearsalMark } from "../../../ui/RehearsalMark";
import { Section } from "../../../ui/Section";
import { Field } from "./Field";
import { PhaseTable } from "./PhaseTable";
import { ProfileChoice } from "./ProfileChoice";
import { ProfileFacts } from "./ProfileFacts";
import { checkForm, filledForm, type Choices, type StartField } from "./start-form";
import { startEffects } from "./start-effects";

function ProfileProblems(props: { readonly problems: readonly string[]; readonly onReload: () => void }) {
  if (props.problems.length === 0) return null;
  return (
    <Notice
      tone="degraded"
      title="Profile files that cannot be used"
      action={
        <Button size="small" onClick={props.onReload}>
          Read again
        </Button>
      }
    >
      <DetailLines lines={props.problems} />
    </Notice>
  );
}

/** What came back for the last attempt, where it was asked for. */
function Refused(props: { readonly refusal: Refusal | null; readonly error: BridgeError | null }) {
  if (props.error !== null) return <ErrorNotice error={props.error} />;
  if (props.refusal === null) return null;
  return <RefusalNotice refusal={props.refusal} />;
}

/** Where the candidate in the form comes from, or why none is proposed. */
function candidateNote({ candidate, candidateSource }: Choices): string {
  if (candidate !== null) return `Candidate as proposed by ${candidateSource}`;
  return candidateSource === "" ? "No candidate is proposed" : `No candidate is proposed: ${candidateSource}`;
}

/** The form beside what the chosen profile demands. It stays filled when starting is refused. */
export function StartForm(props: { readonly choices: Choices; readonly onReload: () => void }) {
  const { choices } = props;
  const [form, setForm] = useState(() => filledForm(choices));
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [error, setError] = useState<BridgeError | null>(null);
  const latest = useLatestRollout();
  const chosen = choices.profiles.find(({ profile }) => profile.id === form.profileId);
  const checked = checkForm(form, choices.candidate);
  const problems = tried ? (checked.problems ?? {}) : {};
  const set = (field: StartField) => (value: string) => setForm({ ...form, [field]: value });
  const note = candidateNote(choices);

  const start = async (): Promise<void> => {
    setTried(true);
    setRefusal(null);
    setError(null);
    if (checked.request === null || asking) return;
    setAsking(true);
    try {
      const answer = await hostClient().request("rollout.start", checked.request);
      if (answer.refusal !== null) setRefusal(answer.refusal);
      else if (answer.rollout !== null) navigate(rolloutRoute(answer.rollout.rolloutId));
    } catch (failure) {
      setError(asBridgeError(failure));
    } finally {
      setAsking(false);
    }
  };

  if (choices.profiles.length === 0)
    return (
      <div className="m-2 flex flex-col gap-2">
        <ProfileProblems problems={choices.problems} onReload={props.onReload} />
        <EmptyState title="There is no profile to start with" />
      </div>
    );
  return (
    <div className="grid grid-cols-[minmax(360px,2fr)_minmax(0,3fr)] items-start gap-2 p-2">
      <form
        className="flex flex-col gap-2 border border-line bg-panel px-4 py-3"
        aria-label="Start a rollout"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
      >
        <ProfileChoice
          choices={choices}
          chosen={form.profileId}
          problem={problems.profileId}
          onChoose={set("profileId")}
        />
        <p className="truncate pt-1 text-small text-faint" title={note}>
          {note}
        </p>
        <div className="grid grid-cols-[minmax(0,1fr)_208px] gap-x-3">
          <Field
            label="Candidate version"
            value={form.version}
            maximum={100}
            problem={problems.version}
            onChange={set("version")}
          />
          <Field
            label="Created (UTC)"
            kind="datetime-local"
            figure
            value={form.created}
            problem={problems.created}
            note="Older evidence is of another candidate"
            onChange={set("created")}
          />
        </div>
        <Field
          label="Commit"
          figure
          value={form.commit}
          maximum={64}
          problem={problems.commit}
          note="As CI names it, at least 7 digits"
          onChange={set("commit")}
        />
        <Field
          label="Reason, kept in the journal"
          kind="long"
          value={form.reason}
          maximum={500}
          problem={problems.reason}
          onChange={set("reason")}
        />
        <Refused refusal={refusal} error={error} />
        <div className="flex justify-end">
          <Button look="primary" type="submit" disabled={asking}>
            {chosen?.profile.rehearsal === true ? "Start rehearsal" : "Start rollout"}
          </Button>
        </div>
      </form>
      <div className="flex min-w-0 flex-col gap-2">
        <ProfileProblems problems={choices.problems} onReload={props.onReload} />
        {chosen !== undefined && (
          <>
            <Section title="What starting does">
              <ul className="list-disc py-2 pr-3 pl-8">
                {startEffects(chosen.profile, form, latest).map((effect) => (
                  <li key={effect}>{effect}</li>
                ))}
              </ul>
            </Section>
            <Section
              title={chosen.profile.title}
              aside={chosen.profile.rehearsal ? <RehearsalMark /> : undefined}
            >
              <PhaseTable profile={chosen.profile} />
              <div className="border-t border-line pt-1">
                <ProfileFacts profile={chosen.profile} />
              </div>
            </Section>
          </>
        )}
      </div>
    </div>
  );
}

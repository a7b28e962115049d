import { RehearsalMark } from "../../../ui/RehearsalMark";
import type { Choices } from "./start-form";

/** The profiles to choose from, each with the file it comes from. */
export function ProfileChoice(props: {
  readonly choices: Choices;
  readonly chosen: string;
  readonly problem: string | undefined;
  readonly onChoose: (profileId: string) => void;
}) {
  return (
    <fieldset className="min-w-0">
      <legend className="text-muted">Profile</legend>
      <div className="mt-1 border border-line">
        {props.choices.profiles.map(({ profile, source }) => (
          <label
            key={profile.id}
            className="flex min-h-9 items-center gap-2.5 border-b border-line px-2.5 py-1 last:border-b-0 hover:bg-hover has-checked:bg-accent-wash"
          >
            <input
              type="radio"
              name="profile"
              value={profile.id}
              checked={profile.id === props.chosen}
              onChange={() => props.onChoose(profile.id)}
            />
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{profile.title}</span>
              <span className="figure block truncate text-small text-faint" title={source}>
                {profile.id} · {source}
              </span>
            </span>
            {profile.rehearsal && <RehearsalMark />}
          </label>
        ))}
      </div>
      {props.problem !== undefined && <p className="text-small text-failing">{props.problem}</p>}
    </fieldset>
  );
}

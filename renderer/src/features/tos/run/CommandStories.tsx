import { formatDuration } from "../../../format/duration";
import { Elapsed } from "../../../ui/Age";
import { classNames } from "../../../ui/class-names";
import { PolicyMark } from "../PolicyMark";
import type { CommandStory } from "./story";

const states: Readonly<Record<CommandStory["state"], string>> = {
  denied: "not executed",
  waiting: "waiting",
  running: "running",
  skipped: "not executed",
  "cut-off": "cut off",
  exited: "ended",
  "timed-out": "took too long",
  cancelled: "cancelled",
  "not-started": "could not be started",
  "unreadable-output": "printed what is no text",
};

function failed({ returnCode, state }: CommandStory): boolean {
  return (
    !["denied", "waiting", "running", "skipped"].includes(state) && (state !== "exited" || returnCode !== 0)
  );
}

function Outcome(props: { readonly command: CommandStory }) {
  const { command } = props;
  const { endedUnixMs, startedUnixMs, state } = command;
  return (
    <span
      className={classNames(
        "shrink-0 text-small whitespace-nowrap",
        failed(command) ? "font-medium text-failing" : state === "running" ? "text-accent" : "text-muted",
      )}
      title={command.detail}
    >
      {states[state]}
      {command.returnCode !== null && (
        <>
          {" "}
          with <span className="figure">{command.returnCode}</span>
        </>
      )}
      {startedUnixMs !== null && (
        <span className="pl-1.5 text-faint">
          {endedUnixMs === null ? (
            <Elapsed sinceUnixMs={startedUnixMs} />
          ) : (
            <span className="tabular-nums">{formatDuration(endedUnixMs - startedUnixMs)}</span>
          )}
        </span>
      )}
    </span>
  );
}

/** The commands of a step: what the policy said of each and by which rule, and what became of it. */
export function CommandStories(props: { readonly commands: readonly CommandStory[] }) {
  if (props.commands.length === 0) return null;
  return (
    <ul
      tabIndex={0}
      aria-label="Commands of the step"
      className="scroll-region max-h-36 shrink-0 border-b border-line"
    >
      {props.commands.map((command) => (
        <li
          key={command.index}
          className="border-b border-line px-3 py-0.5 last:border-b-0"
          data-command={command.index}
        >
          <p className="flex items-baseline gap-2">
            <PolicyMark allowed={command.allowed} />
            <span className="figure min-w-0 flex-1 truncate text-small" title={command.code}>
              {command.code}
            </span>
            <Outcome command={command} />
          </p>
          <p className="flex gap-2 pl-5 text-small text-faint">
            <span className="shrink-0">{command.type}</span>
            <span className={classNames("min-w-0 break-words", !command.allowed && "text-denied")}>
              {command.reason}
            </span>
          </p>
        </li>
      ))}
    </ul>
  );
}

import type { StepDetail } from "#contract/tos/view";
import { classNames } from "../../../ui/class-names";
import { EmptyState } from "../../../ui/Notice";
import { PolicyMark } from "../PolicyMark";
import { TextBlock } from "./TextBlock";
import { codeNote, finalCodes, fullCode, outputNote } from "./truncation";

type LoggedCommand = StepDetail["commands"][number];

function outcomeOf(command: LoggedCommand): { readonly words: string; readonly bad: boolean } {
  if (!command.allowed) return { words: "not executed", bad: false };
  if (command.timeout) return { words: "took too long and was ended", bad: true };
  if (command.error !== "") return { words: command.executed ? "broken off" : "was not executed", bad: true };
  if (command.returnCode === null) return { words: "executed", bad: false };
  return { words: `ended with ${command.returnCode}`, bad: command.returnCode !== 0 };
}

function Output(props: { readonly label: string; readonly text: string }) {
  if (props.text === "") return null;
  return (
    <div className="pt-1">
      <p className="text-small text-muted">{props.label}</p>
      <TextBlock label={props.label} text={props.text} note={outputNote(props.text)} />
    </div>
  );
}

function Command(props: {
  readonly command: LoggedCommand;
  readonly index: number;
  readonly full: string | null;
}) {
  const { command, full, index } = props;
  const { bad, words } = outcomeOf(command);
  return (
    <li className="border-b border-line px-3 py-2 last:border-b-0" data-logged-command={index}>
      <div className="flex items-baseline gap-2">
        <span className="figure text-faint">{index + 1}</span>
        <PolicyMark allowed={command.allowed} />
        <span className="text-small text-muted">{command.type === "" ? "no type" : command.type}</span>
        <span
          className={classNames("ml-auto text-small", bad ? "font-medium text-failing" : "text-muted")}
          data-testid="outcome"
        >
          {words}
        </span>
      </div>
      <p className="pb-1 text-small break-words">
        <span className={command.allowed ? "text-muted" : "font-medium text-denied"}>{command.reason}</span>
        {command.matched !== null && (
          <>
            {" "}
            <span className="text-faint">by the rule</span>{" "}
            <code className="figure text-denied">{command.matched}</code>
          </>
        )}
      </p>
      <TextBlock
        label={`Code of command ${index + 1}`}
        text={full ?? command.code}
        note={codeNote(command.code, full)}
      />
      {command.error !== "" && <p className="pt-1 break-words text-failing">{command.error}</p>}
      <Output label="Standard output" text={command.stdout} />
      <Output label="Standard error" text={command.stderr} />
    </li>
  );
}

/** The commands of a step: what the policy said and by which rule, the code, what it printed and how it ended. */
export function StepCommands(props: { readonly detail: StepDetail }) {
  const { commands, replies } = props.detail;
  if (commands.length === 0)
    return (
      <EmptyState title="No commands">
        <p>The step did not come to any, or its final reply asked for none.</p>
      </EmptyState>
    );
  const codes = finalCodes(replies.find(({ role }) => role === "final")?.value ?? null);
  return (
    <ol className="scroll-region min-h-0 flex-1" aria-label="Commands" tabIndex={0}>
      {commands.map((command, index) => (
        <Command
          // The commands of a log have no name but their place.
          // eslint-disable-next-line react/no-array-index-key
          key={index}
          command={command}
          index={index}
          full={fullCode(command.code, codes)}
        />
      ))}
    </ol>
  );
}

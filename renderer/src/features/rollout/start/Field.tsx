import { useId, type ReactNode } from "react";
import { classNames } from "../../../ui/class-names";

/** One field of a form with its label, what is wrong with it, and where its first value came from. */
export function Field(props: {
  readonly label: string;
  readonly note?: ReactNode;
  readonly problem: string | undefined;
  readonly value: string;
  readonly kind?: "text" | "datetime-local" | "long";
  readonly figure?: boolean;
  readonly maximum?: number;
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  const { kind = "text", problem } = props;
  const described = { "aria-invalid": problem !== undefined, "aria-describedby": `${id}-note` };
  const look = classNames(
    "w-full rounded-control border bg-panel px-2",
    problem === undefined ? "border-control" : "border-failing",
    props.figure === true && "figure",
  );
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-muted">
        {props.label}
      </label>
      {kind === "long" ? (
        <textarea
          id={id}
          rows={2}
          maxLength={props.maximum}
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
          className={classNames(look, "resize-none py-1")}
          {...described}
        />
      ) : (
        <input
          id={id}
          type={kind}
          step={kind === "datetime-local" ? 1 : undefined}
          spellCheck={false}
          autoComplete="off"
          maxLength={props.maximum}
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
          className={classNames(look, "h-7 [color-scheme:inherit]")}
          {...described}
        />
      )}
      <p id={`${id}-note`} className="min-h-4 text-small break-words">
        {problem === undefined ? (
          <span className="text-faint">{props.note}</span>
        ) : (
          <span className="text-failing">{problem}</span>
        )}
      </p>
    </div>
  );
}

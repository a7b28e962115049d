import { useId } from "react";
import type { TosActionView } from "#contract/tos/view";
import { Button } from "../../../ui/Button";
import { classNames } from "../../../ui/class-names";
import { Hint } from "../../../ui/Hint";
import { KeyCap } from "../../../ui/KeyCap";
import type { AskedOperation } from "../asked-operation";
import { operationWords } from "../operation-words";

function Details(props: { readonly action: TosActionView }) {
  const { effects, obstacles, operation, rules } = props.action;
  const lines = obstacles.length > 0 ? obstacles : effects;
  return (
    <div className="max-w-90">
      <p className="font-medium">
        {obstacles.length > 0 ? "Not possible now" : operationWords[operation].title}
      </p>
      <ul className="list-disc pl-4">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {rules.length > 0 && (
        <p className="pt-1 text-muted">To be acknowledged: {rules.map(({ rule }) => rule).join(", ")}</p>
      )}
    </div>
  );
}

/** What a screen reader says of the button besides its name. */
function explanationOf({ obstacles, rules }: TosActionView): string {
  if (obstacles.length > 0) return `Not possible now. ${obstacles.join(" ")}`;
  return rules.length === 0
    ? "Its dialog says what it does."
    : `To be acknowledged: ${rules.map(({ rule }) => rule).join(", ")}`;
}

/**
 * The button of one operation. It opens the dialog also where something stands in the way, for the dialog says what.
 * The number beside the name counts the rules to be acknowledged.
 */
export function OperationButton(props: {
  readonly action: TosActionView;
  readonly connected: boolean;
  readonly onPress: (asked: AskedOperation) => void;
}) {
  const { action } = props;
  const { operation, obstacles, rules } = action;
  const { Glyph, key, label, look } = operationWords[operation];
  const explanation = useId();
  const possible = obstacles.length === 0 && props.connected;
  return (
    <>
      <Hint content={<Details action={action} />}>
        <Button
          look={possible ? look : "plain"}
          aria-disabled={!possible}
          aria-describedby={explanation}
          aria-keyshortcuts={key === "" ? undefined : key}
          data-operation={operation}
          className={classNames(!possible && "border-line! bg-transparent! text-faint!")}
          onClick={() => props.onPress({ operation })}
        >
          <Glyph size={14} aria-hidden />
          {label}
          {possible && rules.length > 0 && (
            <span
              aria-hidden
              className="figure inline-flex h-4 min-w-4 items-center justify-center rounded-[8px] border border-current px-1 text-[11px] leading-none"
            >
              {rules.length}
            </span>
          )}
          {key !== "" && (
            <span aria-hidden className="hidden min-[1500px]:inline-flex">
              <KeyCap>{key}</KeyCap>
            </span>
          )}
        </Button>
      </Hint>
      <span id={explanation} className="sr-only">
        {explanationOf(action)}
      </span>
    </>
  );
}

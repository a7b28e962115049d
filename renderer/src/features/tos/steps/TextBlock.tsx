import { CodeView } from "../../../ui/CodeView";

/** Lines from which a text scrolls within a box of its own. */
const longText = 40;

/** Text of a log: short ones stand as they are, long ones scroll in a box and draw only the lines in sight. */
export function TextBlock(props: { readonly label: string; readonly text: string; readonly note?: string }) {
  const { label, note, text } = props;
  const long = text.length > 20_000 || text.split("\n", longText + 1).length > longText;
  return (
    <div>
      {long ? (
        <div className="flex h-90 flex-col border border-line">
          <CodeView label={label} text={text} />
        </div>
      ) : (
        <pre
          aria-label={label}
          role="region"
          tabIndex={0}
          className="figure border border-line bg-canvas px-2 py-1 text-small break-words whitespace-pre-wrap"
        >
          {text === "" ? " " : text}
        </pre>
      )}
      {note !== undefined && note !== "" && <p className="pt-0.5 text-small text-degraded">{note}</p>}
    </div>
  );
}

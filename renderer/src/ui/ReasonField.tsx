/** Longest reason the host takes. */
const maximumReason = 500;

/** Where an operator says why. Control or Command with Enter sends the form. */
export function ReasonField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly rows?: number;
}) {
  return (
    <label className="flex flex-col gap-1">
      <span className="text-muted">{props.label}</span>
      <textarea
        required
        rows={props.rows ?? 3}
        maxLength={maximumReason}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey))
            event.currentTarget.form?.requestSubmit();
        }}
        className="resize-none rounded-control border border-control bg-panel px-2 py-1"
      />
    </label>
  );
}

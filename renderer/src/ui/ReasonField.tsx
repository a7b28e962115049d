import type { Ref } from "react";

/** Longest reason the host takes. */
const maximumReason = 500;

/** Where an operator says why. Control or Command with Enter sends the form. */
export function ReasonField({
  label,
  value,
  onChange,
  rows = 3,
  required = true,
  ref,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly rows?: number;
  readonly required?: boolean;
  readonly ref?: Ref<HTMLTextAreaElement>;
}) {
  return (
    <label className="flex flex-col gap-1">
      <span className="text-muted">{label}</span>
      <textarea
        ref={ref}
        required={required}
        rows={rows}
        maxLength={maximumReason}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey))
            event.currentTarget.form?.requestSubmit();
        }}
        className="resize-none rounded-control border border-control bg-panel px-2 py-1"
      />
    </label>
  );
}

import { Menu } from "@base-ui/react/menu";
import { Check, ChevronDown } from "lucide-react";
import { formatCount } from "../../format/number";
import { popupContainer } from "../../ui/popup-container";

/** Picks reason codes out of those the log has reported, with their counts. */
export function CodePicker(props: {
  readonly counts: Readonly<Record<string, number>>;
  readonly chosen: readonly string[];
  readonly onChange: (codes: string[]) => void;
}) {
  const { chosen, counts } = props;
  const codes = [...new Set([...Object.keys(counts), ...chosen])].sort();
  const label =
    chosen.length === 0
      ? "Any reason code"
      : chosen.length === 1
        ? chosen[0]
        : `${chosen.length} reason codes`;
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger
        className="inline-flex h-7 w-56 items-center justify-between gap-2 rounded-control border border-line-strong bg-panel px-2 hover:bg-hover"
        aria-label={`Reason codes: ${label}`}
      >
        <span
          className={`truncate ${chosen.length === 1 ? "figure" : chosen.length === 0 ? "text-muted" : ""}`}
        >
          {label}
        </span>
        <ChevronDown size={13} className="shrink-0 text-muted" aria-hidden />
      </Menu.Trigger>
      <Menu.Portal container={popupContainer}>
        <Menu.Positioner side="bottom" align="start" sideOffset={2} className="z-40 outline-none">
          <Menu.Popup className="scroll-region max-h-80 w-90 rounded-control border border-line-strong bg-panel py-1 outline-none">
            {codes.length === 0 && (
              <p className="px-3 py-1 text-muted">The log reports no reason codes yet.</p>
            )}
            {codes.map((code) => (
              <Menu.CheckboxItem
                key={code}
                checked={chosen.includes(code)}
                onCheckedChange={(checked) =>
                  props.onChange(checked ? [...chosen, code] : chosen.filter((known) => known !== code))
                }
                className="flex h-7 cursor-default items-center gap-2 px-2 outline-none data-highlighted:bg-accent-wash"
              >
                <span className="flex size-4 shrink-0 items-center justify-center">
                  <Menu.CheckboxItemIndicator>
                    <Check size={13} className="text-accent" aria-hidden />
                  </Menu.CheckboxItemIndicator>
                </span>
                <span className="figure min-w-0 flex-1 truncate">{code}</span>
                <span className="figure text-muted">{formatCount(counts[code] ?? 0)}</span>
              </Menu.CheckboxItem>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

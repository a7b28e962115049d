import { Select } from "@base-ui/react/select";
import { Check, ChevronDown } from "lucide-react";
import { classNames } from "./class-names";
import { popupContainer } from "./popup-container";

/** One choice out of a few. */
export function Picker(props: {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
  readonly className?: string;
}) {
  return (
    <Select.Root
      items={props.choices}
      value={props.value}
      onValueChange={(value) => value !== null && props.onChange(value)}
      modal={false}
    >
      <Select.Trigger
        aria-label={props.label}
        className={classNames(
          "inline-flex h-7 items-center justify-between gap-2 rounded-control border border-line-strong bg-panel px-2 hover:bg-hover",
          props.className,
        )}
      >
        <Select.Value className="truncate" />
        <Select.Icon>
          <ChevronDown size={13} className="text-muted" aria-hidden />
        </Select.Icon>
      </Select.Trigger>
      <Select.Portal container={popupContainer}>
        <Select.Positioner alignItemWithTrigger={false} sideOffset={2} className="z-40 outline-none">
          <Select.Popup className="min-w-(--anchor-width) rounded-control border border-line-strong bg-panel py-1 outline-none">
            <Select.List>
              {props.choices.map((choice) => (
                <Select.Item
                  key={choice.value}
                  value={choice.value}
                  className="flex h-7 cursor-default items-center gap-2 px-2 outline-none data-highlighted:bg-accent-wash"
                >
                  <span className="flex size-4 items-center justify-center">
                    <Select.ItemIndicator>
                      <Check size={13} className="text-accent" aria-hidden />
                    </Select.ItemIndicator>
                  </span>
                  <Select.ItemText>{choice.label}</Select.ItemText>
                </Select.Item>
              ))}
            </Select.List>
          </Select.Popup>
        </Select.Positioner>
      </Select.Portal>
    </Select.Root>
  );
}

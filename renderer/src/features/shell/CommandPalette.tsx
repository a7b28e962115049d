import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { Search } from "lucide-react";
import { useMemo } from "react";
import { useConsole } from "../../state/console-store";
import { useLatestRollout } from "../../state/use-latest-rollout";
import { KeyCap } from "../../ui/KeyCap";
import { commands, rolloutCommands, type Command } from "./commands";
import { tosCommands } from "./tos-commands";
import { closeOverlay, useOverlay } from "./overlay";

interface CommandGroup {
  readonly value: string;
  readonly items: readonly Command[];
}

function grouped(all: readonly Command[]): readonly CommandGroup[] {
  return [...new Set(all.map((command) => command.group))].map((value) => ({
    value,
    items: all.filter((command) => command.group === value),
  }));
}

function CommandItem(props: { readonly command: Command }) {
  const { command } = props;
  return (
    <Autocomplete.Item
      value={command}
      onClick={() => {
        closeOverlay();
        command.perform();
      }}
      className="flex h-7 cursor-default items-center justify-between gap-4 px-3 outline-none data-highlighted:bg-accent-wash data-highlighted:text-ink"
    >
      <span className="truncate">{command.label}</span>
      {command.keys !== "" && (
        <span className="flex gap-1">
          {command.keys.split(" ").map((key) => (
            <KeyCap key={key}>{key}</KeyCap>
          ))}
        </span>
      )}
    </Autocomplete.Item>
  );
}

/** Everything that can be done from anywhere, found by typing. */
export function CommandPalette() {
  const open = useOverlay((state) => state.shown === "palette");
  const rollout = useLatestRollout();
  const tos = useConsole((state) => state.tos.view);
  const groups = useMemo(
    () => grouped([...rolloutCommands(rollout), ...tosCommands(tos), ...commands]),
    [rollout, tos],
  );
  return (
    <Dialog.Root open={open} onOpenChange={(shown) => !shown && closeOverlay()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-20 bg-backdrop" />
        <Dialog.Viewport className="fixed inset-0 z-30 flex items-start justify-center p-4 pt-[12vh]">
          <Dialog.Popup
            aria-label="Command palette"
            className="flex max-h-[60vh] w-full max-w-140 flex-col rounded-[4px] border border-line-strong bg-panel outline-none"
          >
            <Autocomplete.Root
              open
              inline
              items={groups}
              autoHighlight="always"
              keepHighlight
              itemToStringValue={(command: Command) => command.label}
            >
              <Autocomplete.InputGroup className="flex h-10 shrink-0 items-center gap-2 border-b border-line px-3">
                <Search size={14} className="text-muted" aria-hidden />
                <Autocomplete.Input
                  aria-label="Search commands"
                  placeholder="Go to a surface, promote the rollout, run TOS, change the theme"
                  className="h-full w-full bg-transparent outline-none"
                />
              </Autocomplete.InputGroup>
              <Dialog.Close className="sr-only">Close command palette</Dialog.Close>
              <Autocomplete.Empty>
                <p className="px-3 py-3 text-muted empty:hidden">No command has this name.</p>
              </Autocomplete.Empty>
              <Autocomplete.List className="scroll-region min-h-0 flex-1 py-1">
                {(group: CommandGroup) => (
                  <Autocomplete.Group key={group.value} items={group.items} className="not-last:mb-1">
                    <Autocomplete.GroupLabel className="px-3 py-1 text-small text-faint">
                      {group.value}
                    </Autocomplete.GroupLabel>
                    <Autocomplete.Collection>
                      {(command: Command) => <CommandItem key={command.id} command={command} />}
                    </Autocomplete.Collection>
                  </Autocomplete.Group>
                )}
              </Autocomplete.List>
            </Autocomplete.Root>
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

import { KeyCap } from "../../ui/KeyCap";
import { Modal } from "../../ui/Modal";
import { actionWords } from "../rollout/actions/action-words";
import { offeredOperations } from "../tos/header/OperationBar";
import { operationWords } from "../tos/operation-words";
import { commands } from "./commands";
import { closeOverlay, useOverlay } from "./overlay";

/** Resume shares its key with pause. */
const offered = ["check", "pause", "promote", "abort", "rollback"] as const;

const elsewhere: readonly (readonly [string, string])[] = [
  ["[", "Surface, rollout, TOS: previous tab"],
  ["]", "Surface, rollout, TOS: next tab"],
  ...offered.map(
    (action) =>
      [actionWords[action].keyName, `Rollout page: ${actionWords[action].label.toLowerCase()}`] as const,
  ),
  ...[...offeredOperations, "cancel" as const]
    .filter((operation) => operationWords[operation].key !== "")
    .map(
      (operation) =>
        [
          operationWords[operation].key,
          `TOS page: ${operationWords[operation].title.toLowerCase()}`,
        ] as const,
    ),
  ["↑ ↓", "Lists: move through rows (also j and k)"],
  ["Home End", "Lists: newest and oldest row"],
  ["Enter", "Lists: open the row"],
  ["Escape", "Close what is open"],
];

/** Every key of the console. */
export function KeyboardHelp() {
  const open = useOverlay((state) => state.shown === "help");
  const rows = [
    ...commands
      .filter((command) => command.keys !== "")
      .map((command) => [command.keys, command.label] as const),
    ...elsewhere,
  ];
  return (
    <Modal open={open} onClose={closeOverlay} title="Keyboard" className="max-w-170">
      <dl className="grid grid-cols-2 gap-x-6 px-4 py-3">
        {rows.map(([keys, label]) => (
          <div key={label} className="flex h-7 items-center gap-3">
            <dt className="flex w-22 shrink-0 gap-1">
              {keys.split(" ").map((key) => (
                <KeyCap key={key}>{key}</KeyCap>
              ))}
            </dt>
            <dd className="truncate text-muted">{label}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}

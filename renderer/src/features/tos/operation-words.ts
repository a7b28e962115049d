import {
  ArchiveRestore,
  BrushCleaning,
  CircleSlash,
  FlaskConical,
  Milestone,
  Play,
  Redo2,
  Trash2,
  Undo2,
  Wrench,
  type LucideIcon,
} from "lucide-react";
import type { AskedOperation } from "./asked-operation";

/** How an operation is offered: its words, glyph, loudness, and the key of the page that opens its dialog. */
export interface OperationWords {
  readonly label: string;
  readonly title: string;
  readonly Glyph: LucideIcon;
  readonly look: "plain" | "primary" | "danger";
  /** Empty for none. */
  readonly key: string;
}

/** The words of every operation; the names are the launcher's (spec/tos/launcher.md §1) and the console's own. */
export const operationWords: Readonly<Record<AskedOperation["operation"], OperationWords>> = {
  run: { label: "Run", title: "Run the orchestrator", Glyph: Play, look: "primary", key: "r" },
  test: { label: "Test", title: "Test the project", Glyph: FlaskConical, look: "plain", key: "t" },
  cleanrun: {
    label: "Clean run",
    title: "Clean, then run the orchestrator",
    Glyph: BrushCleaning,
    look: "plain",
    key: "",
  },
  checkpoint: { label: "Checkpoint", title: "Make a checkpoint", Glyph: Milestone, look: "plain", key: "c" },
  rollback: { label: "Roll back", title: "Roll back", Glyph: Undo2, look: "danger", key: "b" },
  cancel: { label: "Cancel", title: "Cancel the run", Glyph: CircleSlash, look: "danger", key: "x" },
  undo: { label: "Undo rollback", title: "Undo a rollback", Glyph: Redo2, look: "plain", key: "" },
  finish: { label: "Finish rollback", title: "Finish a rollback", Glyph: Wrench, look: "plain", key: "" },
  stash: { label: "Stash", title: "Stash the changes", Glyph: ArchiveRestore, look: "plain", key: "" },
  discard: { label: "Discard", title: "Discard the changes", Glyph: Trash2, look: "danger", key: "" },
};

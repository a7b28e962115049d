import {
  CircleArrowUp,
  CircleStop,
  Pause,
  Play,
  RefreshCw,
  RotateCcw,
  Ruler,
  Undo2,
  type LucideIcon,
} from "lucide-react";
import type { ActionView } from "#contract/rollout/view";

export type RolloutAction = ActionView["action"];

/** How an action is offered: its words, glyph, loudness, and the key that opens it (empty for none). */
export interface ActionWords {
  readonly label: string;
  readonly title: string;
  /** Said once it was done. */
  readonly done: string;
  readonly Glyph: LucideIcon;
  readonly look: "plain" | "primary" | "danger";
  /** As pressed; those that end a rollout or promote it need Shift, and open a dialog only. */
  readonly key: string;
  readonly keyName: string;
}

export const actionWords: Readonly<Record<RolloutAction, ActionWords>> = {
  check: {
    label: "Check now",
    title: "Check now",
    done: "Check taken",
    Glyph: RefreshCw,
    look: "plain",
    key: "c",
    keyName: "C",
  },
  pause: {
    label: "Pause",
    title: "Pause the rollout",
    done: "Rollout paused",
    Glyph: Pause,
    look: "plain",
    key: "p",
    keyName: "P",
  },
  resume: {
    label: "Resume",
    title: "Resume the rollout",
    done: "Rollout resumed",
    Glyph: Play,
    look: "plain",
    key: "p",
    keyName: "P",
  },
  promote: {
    label: "Promote",
    title: "Promote the rollout",
    done: "Rollout promoted",
    Glyph: CircleArrowUp,
    look: "primary",
    key: "P",
    keyName: "⇧ P",
  },
  abort: {
    label: "Abort",
    title: "Abort the rollout",
    done: "Rollout aborted",
    Glyph: CircleStop,
    look: "danger",
    key: "A",
    keyName: "⇧ A",
  },
  rollback: {
    label: "Roll back",
    title: "Roll the release back",
    done: "Rollback opened",
    Glyph: Undo2,
    look: "danger",
    key: "R",
    keyName: "⇧ R",
  },
  rebaseline: {
    label: "Rebaseline",
    title: "Take a new baseline",
    done: "New baseline taken",
    Glyph: Ruler,
    look: "plain",
    key: "",
    keyName: "",
  },
  "retry-hook": {
    label: "Run the hook again",
    title: "Run the hook again",
    done: "Hook asked again",
    Glyph: RotateCcw,
    look: "plain",
    key: "",
    keyName: "",
  },
};

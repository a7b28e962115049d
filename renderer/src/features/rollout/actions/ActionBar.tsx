import type { RolloutView } from "#contract/rollout/view";
import { useConsole } from "../../../state/console-store";
import type { RolloutAction } from "./action-words";
import { ActionButton } from "./ActionButton";

/** The buttons on screen: pausing and resuming share a place, for one of them can always not be pressed. */
export function offeredActions(view: Pick<RolloutView, "paused">): RolloutAction[] {
  return ["check", view.paused === null ? "pause" : "resume", "promote", "abort", "rollback"];
}

/** What can be done with the rollout: big, and honest about what each would do and why it may not. */
export function ActionBar(props: {
  readonly view: RolloutView;
  readonly checking: boolean;
  readonly onPress: (action: RolloutAction) => void;
}) {
  const { actions } = props.view;
  const connected = useConsole((state) => state.connection === "connected");
  return (
    <div role="group" aria-label="Actions" className="flex shrink-0 items-center gap-1.5">
      {offeredActions(props.view).flatMap((action) => {
        const view = actions.find((known) => known.action === action);
        if (view === undefined) return [];
        return (
          <ActionButton
            key={action}
            view={view}
            asking={action === "check" && props.checking}
            connected={connected}
            onPress={() => props.onPress(action)}
          />
        );
      })}
    </div>
  );
}

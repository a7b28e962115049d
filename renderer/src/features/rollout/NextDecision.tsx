import type { RolloutView } from "#contract/rollout/view";
import { useConsole } from "../../state/console-store";
import { classNames } from "../../ui/class-names";

/** What decides next, and when at the earliest, in the host's sentence. */
export function NextDecision(props: { readonly view: RolloutView }) {
  const { nextDecision } = props.view;
  const connected = useConsole((state) => state.connection === "connected");
  return (
    <p
      className={classNames("line-clamp-2 min-w-0 flex-1 pl-3 leading-4.5", !connected && "text-stale")}
      title={nextDecision}
      data-testid="next-decision"
    >
      {nextDecision}
    </p>
  );
}

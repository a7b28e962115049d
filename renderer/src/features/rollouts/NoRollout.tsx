import { formatRoute } from "../../state/route";
import { EmptyState } from "../../ui/Notice";

/** What stands where a rollout would, before the first one of a workspace. */
export function NoRollout() {
  return (
    <>
      <h1 className="sr-only">Rollout</h1>
      <EmptyState title="No rollout yet">
        <p>
          A rollout takes a candidate through preflight, three canaries and general availability, and holds it
          wherever the evidence does.{" "}
          <a href={formatRoute({ view: "rollout-start" })} className="text-accent hover:underline">
            Start a rollout
          </a>
        </p>
      </EmptyState>
    </>
  );
}

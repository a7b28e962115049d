import { useRequest } from "../../../state/use-request";
import { ErrorNotice } from "../../../ui/Notice";
import { SkeletonLines } from "../../../ui/Skeleton";
import { StartForm } from "./StartForm";

/** Where a rollout is started: the profile it follows, the candidate it is of, and why. */
export function StartPage() {
  const { ask, error, value } = useRequest("rollout.profiles", {});
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-10 shrink-0 items-center border-b border-line bg-panel px-4">
        <h1 className="text-title font-semibold">Start a rollout</h1>
      </div>
      {error !== null && <ErrorNotice error={error} className="m-2" onRetry={ask} />}
      {value === null && error === null && <SkeletonLines lines={8} />}
      {value !== null && (
        <div className="scroll-region flex min-h-0 flex-1 flex-col">
          <StartForm choices={value} onReload={ask} />
        </div>
      )}
    </div>
  );
}

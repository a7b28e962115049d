import { useConsole } from "../../state/console-store";
import { projectStanding, projectStandingSince, tosGuidance } from "../../state/tos-standing";
import { formatRoute, tosRoute } from "../../state/route";
import { Age, Elapsed } from "../../ui/Age";
import { classNames } from "../../ui/class-names";
import { Skeleton } from "../../ui/Skeleton";
import { StepPlace } from "../tos/StepPlace";
import { TosWord } from "../tos/TosMark";

/** The task orchestrator in the overview, beside the rollout: how it stands, where it is, and what to do where there is room to say it. */
export function TosOverview(props: { readonly ready: boolean }) {
  const { view } = useConsole((state) => state.tos);
  const connected = useConsole((state) => state.connection === "connected");
  if (!props.ready)
    return (
      <p className="flex h-7 shrink-0 items-center border border-line bg-panel px-3">
        <Skeleton className="w-60" />
      </p>
    );
  if (view === null)
    return (
      <p className="flex h-7 shrink-0 items-center gap-2 border border-line bg-panel px-3 text-muted">
        <a href={formatRoute(tosRoute())} className="hover:text-ink hover:underline">
          No TOS project
        </a>
      </p>
    );
  const standing = projectStanding(view);
  const { jobLoop, run } = view;
  const [reaction] = view.reactions;
  return (
    <a
      href={formatRoute(tosRoute())}
      className={classNames(
        "flex h-7 shrink-0 items-center gap-3 border border-line bg-panel px-3 whitespace-nowrap hover:bg-hover",
        !connected && "held hatched",
      )}
      data-testid="overview-tos"
      title={run === null ? (reaction?.guidance ?? tosGuidance[standing]) : run.doing}
    >
      <span className="font-semibold">TOS</span>
      <TosWord standing={standing} held={!connected} />
      <StepPlace view={view} />
      {jobLoop.enabled && jobLoop.jobIndex !== null && (
        <span className="text-muted">
          job <span className="figure">{Math.min(jobLoop.jobIndex, jobLoop.maxJobs)}</span> of{" "}
          <span className="figure">{jobLoop.maxJobs}</span>
        </span>
      )}
      <span className="hidden max-w-80 min-w-0 truncate text-muted min-[1700px]:block">
        {run === null ? (reaction?.guidance ?? tosGuidance[standing]) : run.doing}
      </span>
      {standing !== "never-run" && (
        <span className="text-muted">
          {run === null ? (
            <Age unixMs={projectStandingSince(view)} />
          ) : (
            <>
              for <Elapsed sinceUnixMs={run.startedUnixMs} />
            </>
          )}
        </span>
      )}
    </a>
  );
}

import type { JobLoopView } from "#contract/tos/view";
import { formatBytes } from "../../../format/number";
import { FigureLine } from "../../../ui/Figure";
import { Notice } from "../../../ui/Notice";
import { Section } from "../../../ui/Section";
import { FileAge } from "../FileAge";

/** Longest loop that is drawn job by job; a longer one is a figure only. */
const drawnJobs = 24;

function Jobs(props: { readonly loop: JobLoopView }) {
  const { complete, jobIndex, maxJobs } = props.loop;
  if (maxJobs < 1 || maxJobs > drawnJobs) return null;
  const done = complete ? maxJobs : Math.max(0, (jobIndex ?? 1) - 1);
  return (
    <div className="flex gap-1" aria-hidden>
      {Array.from({ length: maxJobs }, (_, index) => (
        <span
          // The jobs of a loop are numbered.
          // eslint-disable-next-line react/no-array-index-key
          key={index}
          className={
            index < done
              ? "h-2 flex-1 bg-healthy-mark"
              : index === done
                ? "h-2 flex-1 border-2 border-accent"
                : "h-2 flex-1 border border-line-strong"
          }
        />
      ))}
    </div>
  );
}

function Progress(props: { readonly loop: JobLoopView; readonly running: boolean }) {
  const { complete, jobIndex, maxJobs } = props.loop;
  if (complete)
    return (
      <>
        all <span className="figure">{maxJobs}</span> complete
      </>
    );
  return (
    <>
      {props.running ? "working on " : "next "}
      <span className="figure">{jobIndex ?? 1}</span> of <span className="figure">{maxJobs}</span>
      {jobIndex === null && !props.running && <span className="text-faint"> (none begun)</span>}
    </>
  );
}

/** The job loop: which job is next of how many, what it is given and what came of it. */
export function JobLoopSection(props: {
  readonly loop: JobLoopView;
  /** A run of the orchestrator is under way. */
  readonly running: boolean;
}) {
  const { loop } = props;
  return (
    <Section
      title="Job loop"
      aside={<span className="truncate text-small text-faint">{loop.jobName}</span>}
      className="shrink-0"
      bodyClassName="px-3 py-1"
    >
      {loop.enabled ? (
        <>
          <Jobs loop={loop} />
          <dl data-testid="job-loop">
            <FigureLine term="Job">
              <Progress loop={loop} running={props.running} />
            </FigureLine>
            <FigureLine term="Payload">
              {loop.input.present ? (
                <>
                  <span className="figure">{formatBytes(loop.input.bytes)}</span> in{" "}
                </>
              ) : (
                "none in "
              )}
              <FileAge path={loop.input.path} />
            </FigureLine>
            <FigureLine term="Result">
              {loop.result.present ? "" : "none in "}
              <FileAge path={loop.result.path} modifiedUnixMs={loop.result.modifiedUnixMs} />
            </FigureLine>
          </dl>
          {loop.input.problem !== "" && (
            <Notice tone="degraded" className="my-1" title={loop.input.problem} />
          )}
        </>
      ) : (
        <p className="py-1 text-muted">Off: each run works on the goal until it is met.</p>
      )}
    </Section>
  );
}

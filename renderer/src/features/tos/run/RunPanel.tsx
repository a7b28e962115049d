import { useMemo, useState } from "react";
import type { TosRunView } from "#contract/tos/progress";
import { runStanding } from "../../../state/tos-standing";
import { useThrottled } from "../../../state/use-throttled";
import { ErrorNotice } from "../../../ui/Notice";
import { Section } from "../../../ui/Section";
import { CommandStories } from "./CommandStories";
import { emptyLog, extendedLog } from "./log-rows";
import { RunHead } from "./RunHead";
import { RunLog } from "./RunLog";
import { StageLine, useChosenStep } from "./StageLine";
import { stepStories } from "./story";
import type { RunProgress } from "./use-run-progress";

/** Longest time a line waits to be drawn while many come, milliseconds. */
const drawEveryMs = 100;

/** One run in full: how it stands, its steps from draft to execution, its commands, and every line it said. */
export function RunPanel(props: {
  readonly run: TosRunView;
  readonly title: string;
  readonly progress: RunProgress;
}) {
  const { progress, run } = props;
  const entries = useThrottled(progress.entries, drawEveryMs);
  const steps = useMemo(() => stepStories(entries, run.state === "vanished"), [entries, run.state]);
  const [known, setKnown] = useState(emptyLog);
  const log = extendedLog(known, entries);
  if (log !== known) setKnown(log);
  const { choose, index, story } = useChosenStep(steps);
  const underWay = run.state === "running" || run.state === "cancelling";
  const standing = runStanding(run);
  return (
    <Section title={props.title} className="min-h-0 flex-1" bodyClassName="flex flex-col overflow-auto">
      <div className="contents" data-testid="run-panel" data-run-standing={standing}>
        <RunHead run={run} lastHeardUnixMs={entries.at(-1)?.unixMs ?? null} />
        {progress.error !== null && <ErrorNotice error={progress.error} className="m-2" />}
        {story !== undefined && (
          <>
            <StageLine story={story} index={index} count={steps.length} onChoose={choose} />
            <CommandStories commands={story.commands} />
          </>
        )}
        <RunLog
          log={log}
          hasEarlier={log.dropped > 0 || (progress.known && run.entries > progress.entries.length)}
          running={underWay}
        />
      </div>
    </Section>
  );
}

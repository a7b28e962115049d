import type { ReactNode } from "react";
import type { DriverView } from "#contract/driver";
import { formatDuration } from "../../format/duration";
import { TimeLeft } from "../../ui/Age";
import { Figure } from "../../ui/Figure";

const kinds = {
  embedded: "Embedded: Gatehouse runs the cycle itself, in a process of its own",
  command: "Command: a configured program is run, and what it writes is watched",
  observe: "Observe: another process writes the files, Gatehouse only reads them",
} as const;

const states = {
  running: "Running a cycle",
  scheduled: "Waiting for the next cycle",
  stopped: "Stopped",
  observing: "Observing",
} as const;

function Fact(props: { readonly term: string; readonly children: ReactNode }) {
  return (
    <div className="grid min-h-7 grid-cols-[8.5rem_1fr] items-center gap-3 border-b border-line py-0.5 last:border-b-0">
      <dt className="text-muted">{props.term}</dt>
      <dd className="min-w-0 break-words">{props.children}</dd>
    </div>
  );
}

/** What drives the surface, what it is doing, and where it writes. */
export function DriverFacts(props: { readonly driver: DriverView }) {
  const { driver } = props;
  return (
    <dl className="px-3">
      <Fact term="Kind">{kinds[driver.kind]}</Fact>
      {driver.runner !== null && (
        <Fact term="Runner">
          {driver.runner === "live" ? "Live: a real browser" : "Contract: fixtures only"}
        </Fact>
      )}
      <Fact term="State">
        {states[driver.state]}
        {driver.nextRunUnixMs !== null && (
          <>
            , <TimeLeft unixMs={driver.nextRunUnixMs} />
          </>
        )}
      </Fact>
      {driver.intervalMs !== null && (
        <Fact term="Interval">
          <span className="tabular-nums">{formatDuration(driver.intervalMs)}</span>
          {driver.timeoutMs !== null && (
            <span className="text-muted">
              , a run is ended after <span className="tabular-nums">{formatDuration(driver.timeoutMs)}</span>
            </span>
          )}
        </Fact>
      )}
      {driver.commandLine !== null && (
        <Fact term="Command line">
          <code className="figure text-small break-all">{driver.commandLine}</code>
        </Fact>
      )}
      <Fact term="State directory">
        <code className="figure text-small break-all">{driver.stateDir}</code>
      </Fact>
      {driver.kind !== "observe" && (
        <Fact term="Runs">
          <Figure value={driver.runs} />
          <span className="text-muted"> since the console was opened, </span>
          <Figure value={driver.failedRuns} {...(driver.failedRuns > 0 ? { tone: "failing" } : {})} />
          <span className="text-muted"> of them failed</span>
        </Fact>
      )}
    </dl>
  );
}

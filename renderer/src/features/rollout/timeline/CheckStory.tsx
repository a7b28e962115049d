import { surfaceIds, surfaceLabels, type SurfaceId } from "#contract/identity";
import type { CheckRecord } from "#contract/rollout/journal";
import type { CellStatus } from "#contract/rollout/vocabulary";
import { formatCount } from "../../../format/number";
import { formatTimeOfDay } from "../../../format/time";
import { classNames } from "../../../ui/class-names";

const looks: Readonly<Record<CellStatus, { readonly word: string; readonly look: string }>> = {
  passed: { word: "pass", look: "text-healthy" },
  failed: { word: "failed", look: "font-semibold text-failing" },
  stale: { word: "stale", look: "text-degraded" },
  missing: { word: "missing", look: "text-degraded" },
  unreadable: { word: "unread.", look: "text-degraded" },
  "no-samples": { word: "none", look: "text-degraded" },
};

/** Names short enough for a column; the full one is in the tooltip. */
const shortLabels: Readonly<Record<SurfaceId, string>> = {
  voice: "Voice",
  "browser-automation": "Browser",
  dashboard: "Dashb.",
  "custom-command": "Custom",
  memory: "Memory",
};

function Vector(props: { readonly check: CheckRecord }) {
  const demanded = new Set<string>(props.check.findings.map(({ rule }) => rule));
  return (
    <table className="mt-2 w-full text-small">
      <caption className="sr-only">Gate vector of check {props.check.check}</caption>
      <thead className="text-muted">
        <tr className="h-5">
          <th scope="col" className="text-left font-medium">
            Rule
          </th>
          {surfaceIds.map((surface) => (
            <th key={surface} scope="col" className="text-left font-medium" title={surfaceLabels[surface]}>
              {shortLabels[surface]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.check.verdicts.map(({ rule, statuses }) => (
          <tr key={rule} className="h-5 border-t border-line">
            <th scope="row" className="figure pr-2 text-left font-normal">
              {rule}
            </th>
            {statuses.map((status, index) => (
              <td
                // The statuses stand in the order of the surfaces.
                // eslint-disable-next-line react/no-array-index-key
                key={index}
                colSpan={statuses.length === 1 ? 5 : 1}
                className={status !== "passed" && !demanded.has(rule) ? "text-faint" : looks[status].look}
              >
                {looks[status].word}
                {statuses.length === 1 && <span className="text-faint"> (release)</span>}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Samples(props: { readonly check: CheckRecord }) {
  return (
    <table className="mt-2 w-full text-small">
      <caption className="text-left text-muted">What was seen</caption>
      <thead className="text-muted">
        <tr className="h-5">
          {["Surface", "State", "Streak", "Failed", "Queue", "Cycles", "Written"].map((title, index) => (
            <th
              key={title}
              scope="col"
              className={classNames(
                "font-medium",
                index < 2 || index === 6 ? "text-left" : "pr-2 text-right",
              )}
            >
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.check.observation.surfaces.map((sample) => (
          <tr
            key={sample.surface}
            className="h-5 border-t border-line"
            title={`${surfaceLabels[sample.surface]}: ${sample.path}`}
          >
            <th scope="row" className="pr-2 text-left font-normal">
              {shortLabels[sample.surface]}
            </th>
            <td>{sample.status === "ok" ? sample.healthState : sample.status}</td>
            {[sample.failureStreak, sample.lastCycleFailed, sample.queueDepth, sample.cycles].map(
              (value, index) => (
                // The figures never change places.
                // eslint-disable-next-line react/no-array-index-key
                <td key={index} className="figure pr-2 text-right">
                  {value === null ? "–" : formatCount(value)}
                </td>
              ),
            )}
            <td className="figure">
              {sample.updatedUnixMs === null ? "never" : formatTimeOfDay(sample.updatedUnixMs)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** One check: every rule's verdict per surface, and the figures it was judged on. */
export function CheckStory(props: { readonly check: CheckRecord }) {
  return (
    <>
      <Vector check={props.check} />
      <Samples check={props.check} />
    </>
  );
}

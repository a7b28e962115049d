import { surfaceIds, surfaceLabels } from "#contract/identity";
import type { SurfaceView } from "#contract/view";
import { Hint } from "../../ui/Hint";
import { Skeleton } from "../../ui/Skeleton";
import { columnCount, figureGroups } from "./columns";
import { SurfaceRows } from "./SurfaceRows";

function ColumnHeads() {
  return (
    <thead className="text-small text-muted">
      <tr className="h-6">
        <th scope="col" rowSpan={2} className="px-3 pb-1 text-left align-bottom font-medium">
          Surface
        </th>
        <th scope="col" rowSpan={2} className="px-3 pb-1 text-left align-bottom font-medium">
          Why
        </th>
        {figureGroups.map((group) => (
          <th
            key={group.title}
            scope="colgroup"
            colSpan={group.columns.length}
            className="px-1.5 text-right font-medium text-ink"
            title={`From ${group.source}`}
          >
            <span className="block truncate border-b border-line-strong leading-5.5">{group.title}</span>
          </th>
        ))}
      </tr>
      <tr className="h-6">
        {figureGroups.flatMap((group) =>
          group.columns.map((column) => (
            <th key={column.title} scope="col" className="px-1.5 text-right font-normal">
              <Hint content={`${column.hint} (${group.source})`}>
                <span tabIndex={0}>{column.title}</span>
              </Hint>
            </th>
          )),
        )}
      </tr>
    </thead>
  );
}

function WaitingRows(props: { readonly label: string }) {
  return (
    <tbody className="border-b border-line last:border-b-0">
      <tr>
        <th scope="rowgroup" className="h-[123px] px-3 py-2 text-left align-top">
          <span className="block text-figure font-semibold text-faint">{props.label}</span>
          <Skeleton className="mt-2 w-24" />
        </th>
        <td className="px-3 py-2 align-top">
          <Skeleton className="w-3/4" />
        </td>
        <td colSpan={columnCount - 2} className="border-l border-line px-3 py-2 align-top">
          <Skeleton className="w-full" />
        </td>
      </tr>
    </tbody>
  );
}

/** The table of the five surfaces. Columns have fixed widths: a figure that grows moves nothing. */
export function OverviewTable(props: { readonly views: readonly SurfaceView[] }) {
  return (
    <table
      className="w-full table-fixed border-collapse border border-line bg-panel"
      aria-label="Surfaces"
      aria-busy={props.views.length === 0}
    >
      <colgroup>
        <col className="w-62 min-[1600px]:w-72" />
        <col />
        {figureGroups.flatMap((group) =>
          group.columns.map((column) => (
            <col
              key={column.title}
              className={
                column.title === "failed" || column.title === "streak" || column.title === "invalid"
                  ? "w-14 min-[1600px]:w-24"
                  : "w-[74px] min-[1600px]:w-28"
              }
            />
          )),
        )}
      </colgroup>
      <ColumnHeads />
      {props.views.length === 0
        ? surfaceIds.map((surface) => <WaitingRows key={surface} label={surfaceLabels[surface]} />)
        : props.views.map((view) => <SurfaceRows key={view.reading.surface} view={view} />)}
    </table>
  );
}

import type { BrowserLiveSummary } from "#contract/reading";
import { StatusGlyph } from "../../ui/StatusGlyph";

type Entry = BrowserLiveSummary["timeline"][number];

const steps = {
  success: { status: "healthy", word: "Success" },
  malformed_input: { status: "degraded", word: "Malformed input" },
  retryable_failure: { status: "failing", word: "Retryable failure" },
} as const satisfies Record<Entry["replay_step"], unknown>;

const heads = ["Case", "Operation", "Action", "Step", "Status", "Error", "Artifacts"];

/** The steps of a live run in order. */
export function Timeline(props: { readonly entries: readonly Entry[] }) {
  return (
    <table className="w-full" aria-label="Timeline">
      <thead className="sticky top-0 bg-panel text-small text-muted">
        <tr className="h-7">
          {heads.map((head) => (
            <th
              key={head}
              scope="col"
              className={`px-3 font-medium ${head === "Status" ? "text-right" : "text-left"}`}
            >
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.entries.map((entry, index) => {
          const { status, word } = steps[entry.replay_step];
          return (
            <tr key={`${entry.case_id} ${index}`} className="h-7 border-t border-line">
              <th scope="row" className="figure px-3 text-left font-normal">
                {entry.case_id}
              </th>
              <td className="figure px-3 text-muted">{entry.operation}</td>
              <td className="figure px-3 text-muted">{entry.action}</td>
              <td className="px-3">
                <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
                  <StatusGlyph status={status} />
                  {word}
                </span>
              </td>
              <td className="figure px-3 text-right">{entry.status_code}</td>
              <td className="figure px-3">{entry.error_code}</td>
              <td className="figure px-3 text-muted">{entry.artifact_types.join(", ")}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

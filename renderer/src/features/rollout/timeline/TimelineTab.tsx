import { useState } from "react";
import type { RolloutView } from "#contract/rollout/view";
import { classNames } from "../../../ui/class-names";
import { DurationsPanel } from "./DurationsPanel";
import { EntryDetail } from "./EntryDetail";
import { TimelineList } from "./TimelineList";

/** The rollout's whole story: its journal as a list, and the opened entry or where its time went beside it. */
export function TimelineTab(props: { readonly view: RolloutView; readonly sequence: number | null }) {
  const { sequence, view } = props;
  const [notableOnly, setNotableOnly] = useState(false);
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <div className="flex h-8 shrink-0 items-center justify-between gap-3 border-b border-line bg-panel px-3">
          <p className="figure min-w-0 truncate text-small text-faint" title={view.journal.path}>
            {view.journal.path}
          </p>
          <label className="flex shrink-0 items-center gap-1.5">
            <input
              type="checkbox"
              checked={notableOnly}
              onChange={(event) => setNotableOnly(event.target.checked)}
            />
            Only what changed
          </label>
        </div>
        <TimelineList
          key={`${view.rolloutId} ${notableOnly}`}
          view={view}
          notableOnly={notableOnly}
          sequence={sequence}
        />
      </div>
      <aside
        aria-label={sequence === null ? "Where time went" : `Entry ${sequence}`}
        className={classNames(
          "flex flex-col overflow-auto border-l border-line-strong bg-panel",
          sequence === null ? "w-84 shrink-0" : "w-[40%] max-w-160 min-w-100",
        )}
      >
        {sequence === null ? (
          <DurationsPanel view={view} />
        ) : (
          <EntryDetail key={sequence} view={view} sequence={sequence} />
        )}
      </aside>
    </div>
  );
}

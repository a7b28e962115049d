import { useCallback } from "react";
import type { TosView } from "#contract/tos/view";
import { tosRoute } from "../../../state/route";
import { navigate } from "../../../state/use-route";
import { EmptyState, Notice } from "../../../ui/Notice";
import { rowIndex } from "./step-row";
import { StepList } from "./StepList";
import { StepPanel } from "./StepPanel";

function close(): void {
  navigate(tosRoute("steps"));
}

/** Every step log of the project, and the one that is opened in full. */
export function StepsTab(props: { readonly view: TosView; readonly step: string | null }) {
  const { steps } = props.view;
  const selected = rowIndex(steps, props.step);
  const row = steps[selected];
  const open = useCallback((file: string) => navigate(tosRoute("steps", { step: file })), []);
  if (steps.length === 0)
    return (
      <EmptyState title="No step logs">
        <p>Each step of a run leaves one. A clean run begins by deleting them.</p>
      </EmptyState>
    );
  return (
    <div className="flex min-h-0 flex-1">
      <StepList rows={steps} selected={selected} onOpen={open} />
      {row !== undefined && (
        <StepPanel
          row={row}
          hasBefore={selected > 0}
          hasAfter={selected < steps.length - 1}
          onStep={(by) => {
            const next = steps[selected + by];
            if (next !== undefined) open(next.file);
          }}
          onClose={close}
        />
      )}
      {row === undefined && props.step !== null && (
        <aside aria-label="Step log" className="w-[40%] border-l border-line-strong bg-panel p-2">
          <Notice tone="stale" title={`${props.step} is not there any more.`}>
            <p className="text-muted">A clean run deletes the step logs.</p>
          </Notice>
        </aside>
      )}
    </div>
  );
}

import { useState } from "react";
import type { SurfaceId } from "#contract/identity";
import type { CellView, RolloutView } from "#contract/rollout/view";
import type { RuleId } from "#contract/rollout/vocabulary";
import { formatCounted } from "../../../format/number";
import { useHostNow } from "../../../state/clock";
import { useConsole } from "../../../state/console-store";
import { Age, TimeLeft } from "../../../ui/Age";
import { Section } from "../../../ui/Section";
import { StatusGlyph } from "../../../ui/StatusGlyph";
import { Matrix } from "./Matrix";
import { matrixRows } from "./matrix-rows";
import { whyOld } from "./why-old";

function NextCheck(props: { readonly view: RolloutView }) {
  const { checks, ended, nextCheckUnixMs } = props.view;
  const connected = useConsole((state) => state.connection === "connected");
  if (ended || !connected) return null;
  if (nextCheckUnixMs === null) return <> · no check is scheduled</>;
  return (
    <>
      {" "}
      · check <span className="figure">{checks + 1}</span> <TimeLeft unixMs={nextCheckUnixMs} />
    </>
  );
}

function CheckAge(props: { readonly view: RolloutView; readonly old: string | null }) {
  const { lastCheck } = props.view;
  if (lastCheck === null)
    return (
      <span className="text-small text-faint" data-testid="check-age">
        not checked yet
        <NextCheck view={props.view} />
      </span>
    );
  return (
    <span className="inline-flex min-w-0 items-center gap-1 text-small text-faint" data-testid="check-age">
      {props.old !== null && <StatusGlyph status="stale" size={12} />}
      <span className="truncate">
        {props.old !== null && <span className="font-medium text-stale">{props.old} · </span>}
        check <span className="figure">{lastCheck.check}</span> ({lastCheck.trigger}),{" "}
        <Age unixMs={lastCheck.unixMs} />
        <NextCheck view={props.view} />
        {lastCheck.sameSnapshotSurfaces.length > 0 &&
          ` · ${formatCounted(lastCheck.sameSnapshotSurfaces.length, "source")} unchanged`}
      </span>
    </span>
  );
}

/** The matrix with the age of its check, and the choice of seeing what the phase does not demand. */
export function MatrixSection(props: {
  readonly view: RolloutView;
  readonly selected: { readonly rule: RuleId; readonly surface: SurfaceId | null } | null;
  readonly onOpen: (cell: CellView) => void;
}) {
  const { view } = props;
  const now = useHostNow();
  const connected = useConsole((state) => state.connection === "connected");
  const [all, setAll] = useState(false);
  const old = whyOld(view, connected, now);
  const rows = matrixRows(view, all);
  return (
    <Section
      title="Gates"
      className="shrink-0"
      held={old !== null}
      aside={
        <span className="flex min-w-0 items-center gap-3">
          <CheckAge view={view} old={old} />
          <label className="flex shrink-0 items-center gap-1.5 text-small text-muted">
            <input type="checkbox" checked={all} onChange={(event) => setAll(event.target.checked)} />
            all {view.rules.length} rules
          </label>
        </span>
      }
    >
      <Matrix rows={rows} held={old !== null} selected={props.selected} onOpen={props.onOpen} />
    </Section>
  );
}

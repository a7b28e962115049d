import { useEffect, useRef, useState } from "react";
import type { SurfaceId } from "#contract/identity";
import type { RolloutView } from "#contract/rollout/view";
import type { RuleId, TriggerId } from "#contract/rollout/vocabulary";
import { forgetAskedAction, useAskedAction } from "../../state/asked-action";
import { rolloutRoute } from "../../state/route";
import { navigate, useRoute } from "../../state/use-route";
import { classNames } from "../../ui/class-names";
import { ActionBar, offeredActions } from "./actions/ActionBar";
import { ActionDialog } from "./actions/ActionDialog";
import type { RolloutAction } from "./actions/action-words";
import type { Asked } from "./actions/command-of";
import { useActionKeys } from "./actions/use-action-keys";
import { useCheck } from "./actions/use-check";
import { Conditions } from "./Conditions";
import { EvidencePanel } from "./evidence/EvidencePanel";
import { HoldsSection } from "./HoldsSection";
import { MatrixSection } from "./matrix/MatrixSection";
import { NextDecision } from "./NextDecision";
import { PhaseStepper } from "./PhaseStepper";
import { RecordedLine } from "./RecordedLine";
import { RehearsalStripe } from "./RehearsalStripe";
import { RollbackSection } from "./RollbackSection";
import { RolloutHeader } from "./RolloutHeader";
import { SoakSection } from "./soak/SoakSection";
import { TriggersSection } from "./TriggersSection";

/** The dialog that is open, opened here or asked for from elsewhere; and the way to take an action. */
function useActions(view: RolloutView): {
  readonly asked: Asked | null;
  readonly ask: (asked: Asked | null) => void;
  readonly checking: boolean;
  readonly perform: (action: RolloutAction, surface?: SurfaceId | null) => void;
} {
  const [asked, ask] = useState<Asked | null>(null);
  const { asking, check } = useCheck(view.rolloutId);
  const perform = (action: RolloutAction, surface: SurfaceId | null = null): void => {
    if (action === "rebaseline") {
      const named = surface ?? view.invalidBaselines[0];
      if (named !== undefined) ask({ action, surface: named });
    } else if (action === "check") check();
    else ask({ action });
  };
  const elsewhere = useAskedAction((state) => state.asked);
  const latest = useRef(perform);
  useEffect(() => {
    latest.current = perform;
  });
  useEffect(() => {
    if (elsewhere === null || elsewhere.rolloutId !== view.rolloutId) return;
    forgetAskedAction();
    latest.current(elsewhere.action, elsewhere.surface);
  }, [elsewhere, view.rolloutId]);
  return { asked, ask, checking: asking, perform };
}

/** Everything that decides about a rollout, on one page: what it proves, what holds it, and what can be done. */
export function RolloutPage(props: {
  readonly view: RolloutView;
  readonly rule: RuleId | null;
  readonly surface: SurfaceId | null;
  readonly trigger: TriggerId | null;
}) {
  const { rule, surface, view } = props;
  const { ask, asked, checking, perform } = useActions(view);
  useActionKeys(offeredActions(view), perform);
  const page = useRef<HTMLDivElement>(null);
  const route = useRoute();
  // The address keeps naming the rollout as it does, by its identifier or as the one the console works on.
  const rolloutId = route.view === "rollout" ? route.rolloutId : view.rolloutId;
  const open = (place: { readonly rule: RuleId; readonly surface: SurfaceId | null }): void =>
    navigate(rolloutRoute(rolloutId, "gates", { rule: place.rule, surface: place.surface }));
  const close = (): void => {
    navigate(rolloutRoute(rolloutId));
    // Back to the cell whose evidence it was, wherever it was opened from.
    page.current?.querySelector<HTMLElement>(`[data-cell="${rule} ${surface ?? "release"}"]`)?.focus();
  };
  return (
    <div ref={page} className="flex min-h-0 flex-1 flex-col" data-testid="rollout-page">
      {view.rehearsal && <RehearsalStripe profileTitle={view.profileTitle} />}
      <div className="shrink-0 border-b border-line bg-panel">
        <RolloutHeader view={view} />
        <div className="flex items-center gap-3 border-t border-line py-1 pr-3">
          <NextDecision view={view} />
          <ActionBar view={view} checking={checking} onPress={perform} />
        </div>
      </div>
      <div className="scroll-region flex min-h-0 flex-1 flex-col gap-2 px-3 py-2">
        <PhaseStepper view={view} />
        <Conditions view={view} onAsk={ask} />
        <div className={classNames("flex flex-1 gap-2", view.rollback === null ? "min-h-42" : "min-h-96")}>
          {view.rollback === null && <SoakSection view={view} />}
          {rule === null ? (
            <TriggersSection view={view} trigger={props.trigger} />
          ) : (
            <EvidencePanel view={view} rule={rule} surface={surface} onClose={close} />
          )}
          {view.rollback !== null ? (
            <RollbackSection rollback={view.rollback} />
          ) : (
            rule === null && <HoldsSection view={view} onOpen={open} />
          )}
        </div>
        <MatrixSection view={view} selected={rule === null ? null : { rule, surface }} onOpen={open} />
        {view.rollback !== null && <HoldsSection view={view} onOpen={open} className="max-h-60 shrink-0" />}
        <RecordedLine view={view} />
      </div>
      {asked !== null && (
        <ActionDialog key={asked.action} asked={asked} view={view} onClose={() => ask(null)} />
      )}
    </div>
  );
}

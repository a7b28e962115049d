import { Tabs } from "@base-ui/react/tabs";
import { useEffect } from "react";
import type { TosView } from "#contract/tos/view";
import { useConsole, useReady } from "../../state/console-store";
import { tosRoute, tosTabs, type TosRoute, type TosTab } from "../../state/route";
import { navigate } from "../../state/use-route";
import { classNames } from "../../ui/class-names";
import { Failsafe } from "../../ui/Failsafe";
import { Notice } from "../../ui/Notice";
import { SkeletonLines } from "../../ui/Skeleton";
import { TabStrip } from "../../ui/TabStrip";
import { useAskedOperation } from "./asked-operation";
import { CheckpointsTab } from "./checkpoints/CheckpointsTab";
import { CheckpointDialog } from "./checkpoints/dialogs/CheckpointDialog";
import { RollbackDialog } from "./checkpoints/dialogs/RollbackDialog";
import { SettleTreeDialog } from "./checkpoints/dialogs/SettleTreeDialog";
import { ConfigTab } from "./config/ConfigTab";
import { OperationBar } from "./header/OperationBar";
import { Situation } from "./header/Situation";
import { TosHeader } from "./header/TosHeader";
import { CancelDialog } from "./launch/CancelDialog";
import { LaunchDialog } from "./launch/LaunchDialog";
import { NoProject } from "./NoProject";
import { RulesTab } from "./rules/RulesTab";
import { RunTab } from "./run/RunTab";
import { StepsTab } from "./steps/StepsTab";
import { tosTabLabels } from "./tab-labels";
import { useOperationKeys } from "./use-operation-keys";

function TabBody(props: { readonly view: TosView; readonly route: TosRoute }) {
  const { route, view } = props;
  switch (route.tab) {
    case "run":
      return <RunTab view={view} runId={route.runId} />;
    case "steps":
      return <StepsTab view={view} step={route.step} />;
    case "checkpoints":
      return <CheckpointsTab view={view} />;
    case "config":
      return <ConfigTab view={view} />;
    case "rules":
      return <RulesTab view={view} />;
  }
}

function Dialogs(props: { readonly view: TosView }) {
  const { view } = props;
  return (
    <>
      <LaunchDialog view={view} />
      <CancelDialog run={view.run} />
      <CheckpointDialog view={view} />
      <RollbackDialog view={view} />
      <SettleTreeDialog view={view} />
    </>
  );
}

/** What must be mended before anything can be run, in words that name the file and the field. */
function Problems(props: { readonly view: TosView }) {
  const { config, phase, settingsProblem } = props.view;
  const problems = [settingsProblem, ...config.problems, phase?.problem ?? ""].filter((text) => text !== "");
  const [first, ...others] = problems;
  if (first === undefined) return null;
  return (
    <Notice tone="failing" className="shrink-0 border-x-0 border-t-0" title={first}>
      {others.length > 0 && (
        <ul className="scroll-region max-h-12 text-small text-muted" tabIndex={0} aria-label="Other problems">
          {others.map((problem) => (
            <li key={problem} className="break-words">
              {problem}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}

function Project(props: { readonly view: TosView; readonly route: TosRoute }) {
  const { route, view } = props;
  const connected = useConsole((state) => state.connection === "connected");
  useOperationKeys(view);
  return (
    <div className="flex min-h-0 flex-1 flex-col" data-testid="tos-page">
      <div className={classNames("shrink-0 border-b border-line bg-panel", !connected && "held")}>
        <TosHeader view={view} />
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-3 py-1">
          <Situation view={view} />
          <OperationBar view={view} />
        </div>
      </div>
      <Problems view={view} />
      <Tabs.Root
        value={route.tab}
        onValueChange={(tab: TosTab) => navigate(tosRoute(tab))}
        className="flex min-h-0 flex-1 flex-col"
      >
        <div className="shrink-0 border-b border-line bg-panel px-2">
          <TabStrip label="Parts of TOS" tabs={tosTabs} words={tosTabLabels} />
        </div>
        <Tabs.Panel
          value={route.tab}
          className={classNames("flex min-h-0 flex-1 flex-col", !connected && "held")}
          tabIndex={-1}
        >
          <Failsafe key={route.tab} part="This tab">
            <TabBody view={view} route={route} />
          </Failsafe>
        </Tabs.Panel>
      </Tabs.Root>
      <Dialogs view={view} />
    </div>
  );
}

/** The task orchestrator: its phase and run, what it did, and what can be done with it. */
export function TosPlace(props: { readonly route: TosRoute }) {
  const ready = useReady();
  const { problem, view } = useConsole((state) => state.tos);
  // A dialog belongs to this page: it does not wait for the operator's next visit.
  useEffect(() => () => useAskedOperation.getState().close(), []);
  if (!ready) return <SkeletonLines lines={8} />;
  if (view === null) return <NoProject problem={problem} />;
  return <Project view={view} route={props.route} />;
}

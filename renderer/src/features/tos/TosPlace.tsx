import { Tabs } from "@base-ui/react/tabs";
import type { TosView } from "#contract/tos/view";
import { useConsole, useReady } from "../../state/console-store";
import { tosRoute, tosTabs, type TosRoute, type TosTab } from "../../state/route";
import { navigate } from "../../state/use-route";
import { Failsafe } from "../../ui/Failsafe";
import { EmptyState } from "../../ui/Notice";
import { SkeletonLines } from "../../ui/Skeleton";
import { TabStrip } from "../../ui/TabStrip";
import { tosTabLabels } from "./tab-labels";

function TabBody(props: { readonly view: TosView; readonly route: TosRoute }) {
  switch (props.route.tab) {
    case "run":
    case "steps":
    case "checkpoints":
    case "config":
    case "rules":
      return null;
  }
}

/** The task orchestrator: its phase and run, what it did, and what can be done with it. */
export function TosPlace(props: { readonly route: TosRoute }) {
  const { route } = props;
  const ready = useReady();
  const { problem, view } = useConsole((state) => state.tos);
  if (!ready) return <SkeletonLines lines={8} />;
  if (view === null) return <EmptyState title="No TOS project">{problem}</EmptyState>;
  return (
    <Tabs.Root
      value={route.tab}
      onValueChange={(tab: TosTab) => navigate(tosRoute(tab))}
      className="flex min-h-0 flex-1 flex-col"
    >
      <TabStrip label="Parts of TOS" tabs={tosTabs} words={tosTabLabels} />
      <Tabs.Panel value={route.tab} className="flex min-h-0 flex-1 flex-col" tabIndex={-1}>
        <Failsafe key={route.tab} part="This tab">
          <TabBody view={view} route={route} />
        </Failsafe>
      </Tabs.Panel>
    </Tabs.Root>
  );
}

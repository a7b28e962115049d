import { Tabs } from "@base-ui/react/tabs";
import { lazy, Suspense } from "react";
import type { RolloutView } from "#contract/rollout/view";
import { useReady } from "../../state/console-store";
import { rolloutRoute, rolloutTabs, type RolloutRoute, type RolloutTab } from "../../state/route";
import { useLatestRollout } from "../../state/use-latest-rollout";
import { navigate } from "../../state/use-route";
import { useRequest } from "../../state/use-request";
import { Failsafe } from "../../ui/Failsafe";
import { ErrorNotice } from "../../ui/Notice";
import { SkeletonLines } from "../../ui/Skeleton";
import { TabStrip } from "../../ui/TabStrip";
import { RolloutPage } from "../rollout/RolloutPage";
import { TimelineTab } from "../rollout/timeline/TimelineTab";
import { NoRollout } from "./NoRollout";
import { RolloutHeading } from "./RolloutHeading";
import { rolloutTabLabels } from "./tab-labels";

// The charts' library is the largest part of the build; the gates must not wait for it.
const TrendsTab = lazy(async () => ({ default: (await import("../rollout/trends/TrendsTab")).TrendsTab }));

function TabBody(props: { readonly view: RolloutView; readonly route: RolloutRoute }) {
  const { route, view } = props;
  switch (route.tab) {
    case "gates":
      return <RolloutPage view={view} rule={route.rule} surface={route.surface} trigger={route.trigger} />;
    case "timeline":
      return <TimelineTab view={view} sequence={route.sequence} />;
    case "trends":
      return (
        <Suspense fallback={<SkeletonLines lines={8} />}>
          <TrendsTab view={view} />
        </Suspense>
      );
  }
}

function ShownRollout(props: { readonly view: RolloutView; readonly route: RolloutRoute }) {
  const { route, view } = props;
  return (
    <Tabs.Root
      value={route.tab}
      onValueChange={(value: RolloutTab) => navigate(rolloutRoute(view.rolloutId, value))}
      className="flex min-h-0 flex-1 flex-col"
    >
      <div className="flex h-8 shrink-0 items-center gap-3 border-b border-line bg-panel pr-3 pl-2">
        <TabStrip label="Parts of the rollout" tabs={rolloutTabs} words={rolloutTabLabels} />
        <RolloutHeading view={view} hidden={route.tab === "gates"} />
      </div>
      <Tabs.Panel value={route.tab} className="flex min-h-0 flex-1 flex-col" tabIndex={-1}>
        <Failsafe key={route.tab} part="This tab">
          <TabBody view={view} route={route} />
        </Failsafe>
      </Tabs.Panel>
    </Tabs.Root>
  );
}

/** A rollout that is not the one the console works on: asked for once, it does not change any more. */
function EarlierRollout(props: { readonly rolloutId: string; readonly route: RolloutRoute }) {
  const { ask, error, value } = useRequest("rollout.view", { rolloutId: props.rolloutId });
  if (value !== null) return <ShownRollout view={value} route={props.route} />;
  if (error === null) return <SkeletonLines lines={8} />;
  return <ErrorNotice error={error} className="m-2" onRetry={ask} />;
}

/** One rollout: its gates, its timeline and its trends. Without an identifier it is the one the console works on. */
export function RolloutPlace(props: { readonly route: RolloutRoute }) {
  const { route } = props;
  const latest = useLatestRollout();
  const ready = useReady();
  if (!ready) return <SkeletonLines lines={8} />;
  if (latest !== null && (route.rolloutId === null || route.rolloutId === latest.rolloutId))
    return <ShownRollout view={latest} route={route} />;
  if (route.rolloutId === null) return <NoRollout />;
  return <EarlierRollout key={route.rolloutId} rolloutId={route.rolloutId} route={route} />;
}

import { Tabs } from "@base-ui/react/tabs";
import { surfaceLabels, type SurfaceId } from "#contract/identity";
import { tabsOf, type SurfaceTab } from "../../state/route";
import { navigate, surfaceRoute } from "../../state/use-route";
import { useSurface } from "../../state/console-store";
import { SkeletonLines } from "../../ui/Skeleton";
import { TabStrip } from "../../ui/TabStrip";
import { ChannelsTab } from "../channels/ChannelsTab";
import { DriverTab } from "../driver/DriverTab";
import { EventsTab } from "../events/EventsTab";
import { LiveRunTab } from "../live-run/LiveRunTab";
import { StateFileTab } from "../state-file/StateFileTab";
import { HealthTab } from "./HealthTab";
import { SurfaceHeader } from "./SurfaceHeader";
import { tabLabels } from "./tab-labels";

function TabBody(props: {
  readonly surface: SurfaceId;
  readonly tab: SurfaceTab;
  readonly line: number | null;
}) {
  const view = useSurface(props.surface);
  if (view === undefined) return <SkeletonLines lines={8} />;
  switch (props.tab) {
    case "health":
      return <HealthTab view={view} />;
    case "events":
      return <EventsTab view={view} line={props.line} />;
    case "state":
      return <StateFileTab view={view} />;
    case "channels":
      return <ChannelsTab view={view} />;
    case "driver":
      return <DriverTab view={view} />;
    case "live":
      return <LiveRunTab view={view} />;
  }
}

/** A surface's page: what it is now in the header, everything about it in the tabs. */
export function SurfacePage(props: {
  readonly surface: SurfaceId;
  readonly tab: SurfaceTab;
  readonly line: number | null;
}) {
  const { surface, tab } = props;
  return (
    <>
      <SurfaceHeader surface={surface} />
      <Tabs.Root
        value={tab}
        onValueChange={(value) => {
          const next = tabsOf(surface).find((known) => known === value);
          if (next !== undefined) navigate(surfaceRoute(surface, next));
        }}
        className="flex min-h-0 flex-1 flex-col"
      >
        <div className="border-b border-line bg-panel px-2">
          <TabStrip label={`Parts of ${surfaceLabels[surface]}`} tabs={tabsOf(surface)} words={tabLabels} />
        </div>
        <Tabs.Panel value={tab} className="flex min-h-0 flex-1 flex-col" tabIndex={-1}>
          <TabBody surface={surface} tab={tab} line={props.line} />
        </Tabs.Panel>
      </Tabs.Root>
    </>
  );
}

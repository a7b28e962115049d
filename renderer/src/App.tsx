import { CSPProvider } from "@base-ui/react/csp-provider";
import { Tooltip } from "@base-ui/react/tooltip";
import { Suspense, useEffect } from "react";
import { OverviewPage } from "./features/overview/OverviewPage";
import { Banners } from "./features/shell/Banners";
import { KeyboardHelp } from "./features/shell/KeyboardHelp";
import { NoticesPanel } from "./features/shell/NoticesPanel";
import { Rail } from "./features/shell/Rail";
import { TopBar } from "./features/shell/TopBar";
import { useShortcuts } from "./features/shell/use-shortcuts";
import { useWindowTitle } from "./features/shell/use-window-title";
import {
  CommandPalette,
  fetchLaterParts,
  HistoryPage,
  RolloutPlace,
  StartPage,
  SurfacePage,
  TosPlace,
  TroubleshootingPage,
} from "./later-parts";
import { useReady } from "./state/console-store";
import type { Route } from "./state/route";
import { useRoute } from "./state/use-route";
import { Failsafe } from "./ui/Failsafe";
import { SkeletonLines } from "./ui/Skeleton";
import { popupContainer } from "./ui/popup-container";
import { Notices } from "./ui/Notices";

/** The place without what is selected in it: selecting a row must not draw the page anew. */
function placeOf(route: Route): string {
  if (route.view === "surface") return `${route.surface}/${route.tab}`;
  return route.view === "rollout" ? `rollout/${route.rolloutId ?? ""}` : route.view;
}

function Page() {
  const route = useRoute();
  // A new key for every place: what failed in one place does not follow the operator to the next.
  return (
    <Failsafe key={placeOf(route)} part="This page">
      <Suspense fallback={<SkeletonLines lines={8} />}>
        <PageOf route={route} />
      </Suspense>
    </Failsafe>
  );
}

function PageOf(props: { readonly route: Route }) {
  const { route } = props;
  switch (route.view) {
    case "overview":
      return <OverviewPage />;
    case "troubleshooting":
      return <TroubleshootingPage />;
    case "rollout":
      return <RolloutPlace route={route} />;
    case "rollouts":
      return <HistoryPage />;
    case "rollout-start":
      return <StartPage />;
    case "tos":
      return <TosPlace route={route} />;
    case "surface":
      return <SurfacePage surface={route.surface} tab={route.tab} line={route.line} />;
  }
}

/** The whole window. */
export function App() {
  useShortcuts();
  useWindowTitle();
  const ready = useReady();
  useEffect(() => {
    // The first frame after the commit has painted the frame of the panel, figures or not.
    const frame = requestAnimationFrame(() => performance.mark("gatehouse:first-paint"));
    return () => cancelAnimationFrame(frame);
  }, []);
  useEffect(() => {
    // Set after the commit that draws the first snapshot: benches and tests wait for it.
    if (!ready) return;
    document.documentElement.dataset["ready"] = "true";
    fetchLaterParts();
  }, [ready]);
  return (
    <CSPProvider disableStyleElements>
      <Tooltip.Provider delay={350}>
        <div className="flex h-full">
          <Rail />
          <div className="flex min-w-0 flex-1 flex-col">
            <TopBar />
            <Banners />
            <main className="flex min-h-0 flex-1 flex-col">
              <Page />
              <div ref={popupContainer} />
            </main>
          </div>
        </div>
        {ready && (
          <Suspense fallback={null}>
            <CommandPalette />
          </Suspense>
        )}
        <KeyboardHelp />
        <Notices />
        <NoticesPanel />
      </Tooltip.Provider>
    </CSPProvider>
  );
}

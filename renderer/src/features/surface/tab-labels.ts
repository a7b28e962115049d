import type { SurfaceTab } from "../../state/route";

/** What the tabs of a surface's page are called. */
export const tabLabels: Readonly<Record<SurfaceTab, string>> = {
  health: "Health",
  events: "Events",
  state: "State file",
  channels: "Channel store",
  driver: "Driver",
  live: "Live run",
};

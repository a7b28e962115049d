/**
 * Names of every request and event that may cross the bridge. Kept apart from the schemas so that the sandboxed
 * preload script can check a name without carrying a schema library.
 */
export const requestNames = [
  "console.snapshot",
  "surface.history",
  "surface.events",
  "surface.event",
  "surface.state",
  "surface.mark",
  "surface.clearMark",
  "channels.list",
  "channels.read",
  "driver.fixtures",
  "driver.run",
  "driver.cancel",
  "driver.start",
  "driver.stop",
  "driver.configure",
  "driver.output",
  "rollout.profiles",
  "rollout.start",
  "rollout.command",
  "rollout.view",
  "rollout.list",
  "rollout.timeline",
  "rollout.evidence",
  "rollout.trends",
] as const;
export type RequestName = (typeof requestNames)[number];

export const eventNames = [
  "surface.changed",
  "run.output",
  "workspace.changed",
  "rollout.changed",
  "notice.raised",
] as const;
export type EventName = (typeof eventNames)[number];

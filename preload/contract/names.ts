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
  "tos.launch",
  "tos.cancel",
  "tos.progress",
  "tos.step",
  "tos.preview",
  "tos.diff",
  "tos.config",
  "tos.checkConfig",
  "tos.saveConfig",
  "tos.acknowledgeRunbook",
  "tos.failureReport",
] as const;
export type RequestName = (typeof requestNames)[number];

export const eventNames = [
  "surface.changed",
  "run.output",
  "workspace.changed",
  "rollout.changed",
  "notice.raised",
  "tos.changed",
  "tos.progressed",
] as const;
export type EventName = (typeof eventNames)[number];

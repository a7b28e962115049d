/** Surfaces with a `--<p>-status-inspect` (spec/tau/health.md §4). */
export const statusSurfaces = [
  "dashboard",
  "voice",
  "custom-command",
  "deployment",
  "gateway",
  "multi-channel",
  "multi-agent",
] as const;
export type StatusSurface = (typeof statusSurfaces)[number];

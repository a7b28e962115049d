/** Surfaces with a `--<p>-contract-runner` (spec/tau/surfaces.md §3). */
export const contractSurfaces = [
  "voice",
  "browser-automation",
  "dashboard",
  "custom-command",
  "memory",
  "deployment",
  "gateway",
] as const;
export type ContractSurface = (typeof contractSurfaces)[number];

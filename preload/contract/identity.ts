import { z } from "./schema";

/** The five live surfaces of a release, by the name their state directory and flags carry (seed 003; spec/tau/surfaces.md §3). */
export const surfaceIds = ["voice", "browser-automation", "dashboard", "custom-command", "memory"] as const;
export const surfaceIdSchema = z.enum(surfaceIds);
export type SurfaceId = z.infer<typeof surfaceIdSchema>;

/** What an operator calls each surface on screen. */
export const surfaceLabels: Readonly<Record<SurfaceId, string>> = {
  voice: "Voice",
  "browser-automation": "Browser automation",
  dashboard: "Dashboard",
  "custom-command": "Custom command",
  memory: "Memory",
};

/** Health classification of the last cycle (spec/tau/health.md §2). `unknown` is ours: no readable state to classify. */
export const healthStates = ["healthy", "degraded", "failing", "unknown"] as const;
export const healthStateSchema = z.enum(healthStates);
export type HealthState = z.infer<typeof healthStateSchema>;

/** Guardrail of seeds 000 and 002: `pass` lets a promotion continue, `hold` stops it. */
export const gateSchema = z.enum(["pass", "hold"]);
export type Gate = z.infer<typeof gateSchema>;

export const countSchema = z.number().int().nonnegative();
/** Wall-clock milliseconds since the Unix epoch. */
export const unixMillisecondsSchema = z.number().int().nonnegative();

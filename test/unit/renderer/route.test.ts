import { describe, expect, it } from "vitest";
import { surfaceIds } from "#contract/identity";
import {
  formatRoute,
  parseRoute,
  rolloutRoute,
  rolloutTabs,
  tabsOf,
  tosRoute,
  tosTabs,
  type Route,
} from "../../../renderer/src/state/route";

describe("routes", () => {
  const places: Route[] = [
    { view: "overview" },
    { view: "troubleshooting" },
    ...surfaceIds.flatMap((surface) =>
      tabsOf(surface).map((tab): Route => ({ view: "surface", surface, tab, line: null })),
    ),
    { view: "surface", surface: "memory", tab: "events", line: 1_204 },
    { view: "rollouts" },
    { view: "rollout-start" },
    ...[null, "20261121T045200Z-1f3a", "a/b?c#d"].flatMap((rolloutId) =>
      rolloutTabs.map((tab) => rolloutRoute(rolloutId, tab)),
    ),
    rolloutRoute("20261121T045200Z-1f3a", "gates", { rule: "G7", surface: "voice" }),
    rolloutRoute("20261121T045200Z-1f3a", "gates", { trigger: "T2" }),
    rolloutRoute(null, "timeline", { sequence: 12 }),
    ...tosTabs.map((tab) => tosRoute(tab)),
    tosRoute("steps", { step: "step_001.json" }),
    tosRoute("steps", { step: "step_a b&c.json" }),
    tosRoute("run", { runId: "20261121T045200Z-1f3a" }),
  ];

  it.each(places.map((route) => [formatRoute(route), route] as const))(
    "%s comes back as it went",
    (hash, route) => {
      expect(parseRoute(hash)).toEqual(route);
    },
  );

  it.each([
    ["", { view: "overview" }],
    ["#/nowhere", { view: "overview" }],
    ["#/surface/fax/events", { view: "overview" }],
    ["#/surface/voice/nowhere", { view: "surface", surface: "voice", tab: "health", line: null }],
    ["#/surface/voice/live", { view: "surface", surface: "voice", tab: "health", line: null }],
    ["#/surface/voice/events?line=-3", { view: "surface", surface: "voice", tab: "events", line: null }],
    ["#/surface/voice/events?line=two", { view: "surface", surface: "voice", tab: "events", line: null }],
    ["#/tos", tosRoute()],
    ["#/tos/nowhere", tosRoute()],
    ["#/tos/steps?step=../../etc/passwd", tosRoute("steps")],
    ["#/tos/steps?step=phase_summary.json", tosRoute("steps")],
    ["#/tos/rules?step=step_001.json&run=x", tosRoute("rules")],
    ["#/tos/run?run=", tosRoute()],
    ["#/rollout", rolloutRoute(null)],
    ["#/rollout/x/nowhere?rule=G99&surface=fax&trigger=T9", rolloutRoute("x")],
    ["#/rollout/x/trends?rule=G7&sequence=3", rolloutRoute("x", "trends")],
    ["#/rollout/x/timeline?sequence=0", rolloutRoute("x", "timeline")],
    ["#/rollout/x/timeline?sequence=first", rolloutRoute("x", "timeline")],
    ["#/rollout/%E0%A4%A", { view: "overview" }],
    ["#/surface/voice/state?line=3", { view: "surface", surface: "voice", tab: "state", line: null }],
  ])("%s is understood as far as it can be", (hash, route) => {
    expect(parseRoute(hash)).toEqual(route);
  });
});

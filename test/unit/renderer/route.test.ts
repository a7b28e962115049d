import { describe, expect, it } from "vitest";
import { surfaceIds } from "#contract/identity";
import { formatRoute, parseRoute, tabsOf, type Route } from "../../../renderer/src/state/route";

describe("routes", () => {
  const places: Route[] = [
    { view: "overview" },
    { view: "troubleshooting" },
    ...surfaceIds.flatMap((surface) =>
      tabsOf(surface).map((tab): Route => ({ view: "surface", surface, tab, line: null })),
    ),
    { view: "surface", surface: "memory", tab: "events", line: 1_204 },
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
    ["#/surface/voice/state?line=3", { view: "surface", surface: "voice", tab: "state", line: null }],
  ])("%s is understood as far as it can be", (hash, route) => {
    expect(parseRoute(hash)).toEqual(route);
  });
});

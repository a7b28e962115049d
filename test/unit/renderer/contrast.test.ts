import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../../../resources/setup/project.mjs";

const css = readFileSync(join(projectRoot, "renderer/src/styles/tokens.css"), "utf8");
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w{6})(?:\w\w)?, (#\w{6})(?:\w\w)?\)/g)].map(
    ([, name = "", light = "", dark = ""]) => [name, { light, dark }],
  ),
);

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(first: string, second: string, theme: "light" | "dark"): number {
  const [one, two] = [first, second].map((name) => {
    const token = tokens.get(name);
    if (token === undefined) throw new Error(`tokens.css has no --${name}`);
    return luminance(token[theme]);
  }) as [number, number];
  return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
}

const washes = ["healthy", "degraded", "failing", "stale"];
const endings = ["denied", "halted", "complete", "cancelled"];
const text = ["ink", "muted", "faint", "accent", ...washes, ...endings];
const grounds = ["canvas", "panel", "raised", "hover", "accent-wash"];

describe.each(["light", "dark"] as const)("%s theme", (theme) => {
  it("reads every text on every ground at 4.5 to 1 or better", () => {
    const weak = text.flatMap((name) =>
      grounds.flatMap((ground) => (contrast(name, ground, theme) < 4.5 ? [`${name} on ${ground}`] : [])),
    );
    const weakOnWash = [...washes, ...endings].flatMap((tone) =>
      [tone, "ink", "muted"].flatMap((name) =>
        contrast(name, `${tone}-wash`, theme) < 4.5 ? [`${name} on ${tone}-wash`] : [],
      ),
    );
    expect([...weak, ...weakOnWash]).toEqual([]);
    expect(contrast("on-accent", "accent", theme)).toBeGreaterThanOrEqual(4.5);
  });

  it("shows marks, fields and the focus ring at 3 to 1 or better", () => {
    const shapes = [...washes.map((tone) => `${tone}-mark`), "control", "accent"];
    const weak = shapes.flatMap((name) =>
      ["panel", "canvas", "raised"].flatMap((ground) =>
        contrast(name, ground, theme) < 3 ? [`${name} on ${ground}`] : [],
      ),
    );
    expect(weak).toEqual([]);
  });
});

/**
 * What `npm run screens` photographs: the places that show surfaces, and what may lie over them. The states of a rollout
 * are photographed by `test/e2e/support/rollout-states.ts`, which brings each of them about.
 */

const surfaces = ["voice", "browser-automation", "dashboard", "custom-command", "memory"];
const tabs = ["health", "events", "state", "channels", "driver"];

/**
 * @typedef {{ name: string; hash: string; keys?: string }} View `keys` are pressed once the place is drawn
 * @typedef {{ name: string; width: number; height: number }} Size in CSS pixels
 */

/** @type {readonly View[]} */
export const views = [
  { name: "overview", hash: "#/overview" },
  ...surfaces.flatMap((surface) =>
    tabs.map((tab) => ({ name: `${surface}-${tab}`, hash: `#/surface/${surface}/${tab}` })),
  ),
  { name: "browser-automation-live", hash: "#/surface/browser-automation/live" },
  { name: "troubleshooting", hash: "#/troubleshooting" },
  { name: "palette", hash: "#/overview", keys: "Control+k" },
  { name: "keyboard-help", hash: "#/overview", keys: "?" },
];

export const themes = /** @type {const} */ (["dark", "light"]);

/** @type {readonly Size[]} */
export const sizes = [
  { name: "1280x800", width: 1280, height: 800 },
  { name: "1920x1080", width: 1920, height: 1080 },
];

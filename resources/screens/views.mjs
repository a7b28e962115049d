/** What `npm run screens` photographs: every place of the console and what may lie over it. */

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
  { name: "rollout-gates", hash: "#/rollout" },
  { name: "rollout-timeline", hash: "#/rollout//timeline" },
  { name: "rollout-entry", hash: "#/rollout//timeline?sequence=2" },
  { name: "rollout-trends", hash: "#/rollout//trends" },
  { name: "rollout-start", hash: "#/rollout/start" },
  { name: "rollout-history", hash: "#/rollouts" },
  { name: "palette", hash: "#/overview", keys: "Control+k" },
  { name: "keyboard-help", hash: "#/overview", keys: "?" },
];

export const themes = /** @type {const} */ (["dark", "light"]);

/** @type {readonly Size[]} */
export const sizes = [
  { name: "1280x800", width: 1280, height: 800 },
  { name: "1920x1080", width: 1920, height: 1080 },
];

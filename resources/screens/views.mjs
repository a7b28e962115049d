/**
 * What `npm run screens` photographs: the places that show surfaces and the task orchestrator, and what may lie over them.
 * The states of a rollout and of the orchestrator are photographed by the end-to-end tests that bring each of them about.
 */

const surfaces = ["voice", "browser-automation", "dashboard", "custom-command", "memory"];
const tabs = ["health", "events", "state", "channels", "driver"];
const tosTabs = ["run", "steps", "checkpoints", "config", "rules"];

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
  ...tosTabs.map((tab) => ({ name: `tos-${tab}`, hash: `#/tos/${tab}` })),
  { name: "tos-step", hash: "#/tos/steps?step=step_002.json" },
  { name: "tos-launch", hash: "#/tos/run", keys: "r" },
  { name: "palette", hash: "#/overview", keys: "Control+k" },
  { name: "keyboard-help", hash: "#/overview", keys: "?" },
];

export const themes = /** @type {const} */ (["dark", "light"]);

/** @type {readonly Size[]} */
export const sizes = [
  { name: "1280x800", width: 1280, height: 800 },
  { name: "1920x1080", width: 1920, height: 1080 },
];

import { surfaceIds } from "#contract/identity";
import type { WorkspaceSettings } from "#contract/settings";
import { showValue, type SettingsMistake } from "./mistake";

/** Rules across keys: the live runner is for browser automation only (spec/tau/live-run.md §4); nothing a process cannot be given. */
export function checkRules(settings: WorkspaceSettings): SettingsMistake[] {
  const mistakes: SettingsMistake[] = [];
  for (const surface of surfaceIds) {
    const own = settings.surfaces[surface];
    if (own?.driver === "embedded" && own.runner === "live" && surface !== "browser-automation")
      mistakes.push({
        path: ["surfaces", surface, "runner"],
        text: `expected "contract" (only browser-automation has a live runner), found "live"`,
      });
    if (own?.driver !== "command") continue;
    for (const [index, value] of own.args.entries())
      if (value.includes("\0"))
        mistakes.push({
          path: ["surfaces", surface, "args", index],
          text: `expected text without a NUL character, found ${showValue(value)}`,
        });
    for (const [name, value] of Object.entries(own.env)) {
      const path = ["surfaces", surface, "env", name];
      if (!/^[^=\0]+$/.test(name))
        mistakes.push({
          path,
          text: `expected a variable name without "=" and NUL, found ${showValue(name)}`,
        });
      if (value.includes("\0"))
        mistakes.push({ path, text: `expected text without a NUL character, found ${showValue(value)}` });
    }
  }
  return mistakes;
}

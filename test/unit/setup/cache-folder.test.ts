import { homedir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { cacheFolder } from "../../../resources/setup/cache-folder.mjs";

it.each([
  ["linux", { GATEHOUSE_CACHE_DIR: "/a", XDG_CACHE_HOME: "/b" }, "/a"],
  ["linux", { XDG_CACHE_HOME: "/b" }, "/b/gatehouse"],
  ["linux", { XDG_CACHE_HOME: "relative" }, join(homedir(), ".cache", "gatehouse")],
  ["linux", {}, join(homedir(), ".cache", "gatehouse")],
  ["darwin", {}, join(homedir(), "Library", "Caches", "gatehouse")],
] as const)("on %s with %j is %s", (platform, env, expected) => {
  expect(cacheFolder(env, platform)).toBe(expected);
});

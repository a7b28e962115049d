import { isAbsolute, join } from "node:path";
import { BridgeError } from "#contract/envelope";

/** What decides where the user's data are. */
export interface UserSurroundings {
  environment: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  homeDirectory: string;
}

const set = (value: string | undefined): value is string => value !== undefined && value !== "";

/**
 * The folder for Gatehouse's own data: `GATEHOUSE_DATA_DIR`, else `XDG_DATA_HOME/gatehouse` (XDG base directory
 * specification: a relative value is ignored), else where the platform keeps an application's data.
 * Throws a `BridgeError` when the override is not an absolute path.
 */
export function dataDirectory({ environment, platform, homeDirectory }: UserSurroundings): string {
  const override = environment["GATEHOUSE_DATA_DIR"];
  if (set(override)) {
    if (isAbsolute(override) && !override.includes("\0")) return override;
    throw new BridgeError("invalid_request", "GATEHOUSE_DATA_DIR must be an absolute path.", [
      `found ${JSON.stringify(override)}`,
    ]);
  }
  if (platform === "darwin") return join(homeDirectory, "Library", "Application Support", "gatehouse");
  if (platform === "win32")
    return join(environment["LOCALAPPDATA"] ?? join(homeDirectory, "AppData", "Local"), "gatehouse");
  const xdg = environment["XDG_DATA_HOME"];
  return join(set(xdg) && isAbsolute(xdg) ? xdg : join(homeDirectory, ".local", "share"), "gatehouse");
}

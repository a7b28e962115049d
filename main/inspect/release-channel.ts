import { join } from "node:path";
import { describeError } from "#domain/contract-error";
import { assessReleaseChannel, readReleaseChannel } from "#domain/inspect/operator-summary/release-channel";
import type { ReleaseChannelRow } from "#domain/inspect/operator-summary/report";
import { plainJson } from "#domain/inspect/plain-json";
import { parseJson } from "#domain/json-parse";
import { readTextFileIfPresent } from "./text-file";

/** Row of the release channel: `.tau/release-channel.json` of the current directory (spec/tau/release-channel.md §1.1). */
export async function readReleaseChannelRow(currentDirectory: () => string): Promise<ReleaseChannelRow> {
  let path: string;
  try {
    path = join(currentDirectory(), ".tau", "release-channel.json");
  } catch (error) {
    return assessReleaseChannel({ kind: "path-unavailable", error: describeError(error) });
  }
  try {
    const text = await readTextFileIfPresent("release channel file", path);
    if (text === null) return assessReleaseChannel({ kind: "missing", path });
    const channel = readReleaseChannel(path, plainJson(parseJson(text)));
    return assessReleaseChannel({ kind: "loaded", channel, path });
  } catch (error) {
    return assessReleaseChannel({ kind: "load-failed", path, error: describeError(error) });
  }
}

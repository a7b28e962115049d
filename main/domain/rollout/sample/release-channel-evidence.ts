import type { ReleaseChannelEvidence } from "#contract/rollout/observation";
import { isShowLine, parseShowLine } from "../release-channel-line";
import { TextPlaces } from "./json-place";
import { unreadable, withoutText, type Source, type Sourced } from "./source";

const none = (sourced: Sourced): ReleaseChannelEvidence => ({
  ...sourced,
  channel: "",
  rollbackChannel: "",
  rollbackVersion: "",
  record: null,
});

/** The last line of a recorded `/release-channel show` (spec/tau/release-channel.md §5), whatever else stands around it. */
export function releaseChannelEvidence(source: Source): ReleaseChannelEvidence {
  if (source.kind !== "text") return none(withoutText(source));
  const { path, text } = source;
  const found = lastShowLine(text);
  if (found === null)
    return none(
      unreadable(
        path,
        'expected a line of /release-channel show, which begins with "release channel: path="',
      ),
    );
  const record = new TextPlaces(path, text).record(found);
  const line = text.slice(found.start, found.end);
  const parsed = parseShowLine(line);
  if (parsed === null)
    return {
      ...none(
        unreadable(
          path,
          `line ${record.line}: expected path, channel, source and the four rollback_ fields in this order`,
        ),
      ),
      record,
    };
  const { channel, rollbackChannel, rollbackVersion } = parsed;
  return { status: "ok", problem: "", path, channel, rollbackChannel, rollbackVersion, record };
}

/** Where the last such line stands, without its line break. */
function lastShowLine(text: string): { readonly start: number; readonly end: number } | null {
  for (let end = text.length; ;) {
    const start = end === 0 ? 0 : text.lastIndexOf("\n", end - 1) + 1;
    const lineEnd = text.endsWith("\r", end) ? end - 1 : end;
    if (isShowLine(text.slice(start, lineEnd))) return { start, end: lineEnd };
    if (start === 0) return null;
    end = start - 1;
  }
}

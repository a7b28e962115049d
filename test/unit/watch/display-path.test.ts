import { expect, test } from "vitest";
import { displayPath } from "../../../main/watch/display-path";

test.each([
  ["/work/space/.tau/voice/state.json", ".tau/voice/state.json"],
  ["/work/space/..odd/state.json", "..odd/state.json"],
  ["/work/spacecraft/state.json", "/work/spacecraft/state.json"],
  ["/elsewhere/state.json", "/elsewhere/state.json"],
  ["/work/space", "/work/space"],
])("%s is shown as %s", (path, shown) => expect(displayPath("/work/space", path)).toBe(shown));

import { expect, test } from "vitest";
import { displayPath } from "../../../main/watch/display-path";

test.each([
  ["/srv/space/.tau/voice/state.json", ".tau/voice/state.json"],
  ["/srv/space/..odd/state.json", "..odd/state.json"],
  ["/srv/spacecraft/state.json", "/srv/spacecraft/state.json"],
  ["/elsewhere/state.json", "/elsewhere/state.json"],
  ["/srv/space", "/srv/space"],
])("%s is shown as %s", (path, shown) => expect(displayPath("/srv/space", path)).toBe(shown));

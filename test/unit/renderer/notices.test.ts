import { describe, expect, it } from "vitest";
import type { Notice } from "#contract/rollout/view";
import { initialConsoleState, withMessages } from "../../../renderer/src/state/console-state";
import {
  keptNotices,
  raisedBetween,
  withNotice,
  withoutNotice,
} from "../../../renderer/src/state/notice-list";

const notice = (id: string): Notice => ({
  id,
  kind: "hold",
  unixMs: 0,
  title: `Notice ${id}`,
  body: "",
  place: "#/rollout/r",
});
const ids = (notices: readonly Notice[]): string[] => notices.map(({ id }) => id);
const listOf = (...names: string[]): readonly Notice[] =>
  names.reduce<readonly Notice[]>((list, id) => withNotice(list, notice(id)), []);

describe("notices", () => {
  it("keeps the newest first and tells none twice", () => {
    expect(ids(listOf("a", "b", "a", "c"))).toEqual(["c", "b", "a"]);
  });

  it("keeps so many, the newest of them", () => {
    const list = listOf(...Array.from({ length: keptNotices + 3 }, (_, index) => String(index)));
    expect(list).toHaveLength(keptNotices);
    expect(list[0]?.id).toBe(String(keptNotices + 2));
  });

  it("takes away exactly the one that is dismissed", () => {
    expect(ids(withoutNotice(listOf("a", "b", "c"), "b"))).toEqual(["c", "a"]);
  });

  it("knows which are new, in the order in which they came", () => {
    expect(ids(raisedBetween(listOf("a"), listOf("a", "b", "c")))).toEqual(["b", "c"]);
    expect(raisedBetween(listOf("a", "b"), listOf("a"))).toEqual([]);
  });

  it("reach the window's state with the events that announce them", () => {
    const raised = (sequence: number, id: string) =>
      ({ sequence, name: "notice.raised", payload: notice(id) }) as const;
    const { missed, state } = withMessages(initialConsoleState, [raised(1, "a"), raised(2, "b")]);
    expect([missed, state.sequence, ids(state.notices)]).toEqual([false, 2, ["b", "a"]]);
  });
});

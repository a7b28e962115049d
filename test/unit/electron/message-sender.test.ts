import { describe, expect, it } from "vitest";
import { isTrustedSender, type MessageEventFacts } from "../../../main/electron/message-sender";

const trusted = new Set([7]);

function event(
  change: Partial<NonNullable<MessageEventFacts["senderFrame"]>> | null,
  id = 7,
): MessageEventFacts {
  const frame = { parent: null, origin: "gatehouse://console", isDestroyed: () => false };
  return { sender: { id }, senderFrame: change === null ? null : { ...frame, ...change } };
}

describe("sender of a message", () => {
  it("is trusted when it is the main frame of a window we opened, on our origin", () => {
    expect(isTrustedSender(event({}), trusted)).toBe(true);
  });

  it.each([
    ["its frame is gone", event(null)],
    ["its frame was destroyed", event({ isDestroyed: () => true })],
    ["it is a frame inside the page", event({ parent: {} })],
    ["it has another origin", event({ origin: "https://evil.example" })],
    ["its origin only begins like ours", event({ origin: "gatehouse://console.evil" })],
    ["its origin is opaque", event({ origin: "null" })],
    ["it is a file", event({ origin: "file://" })],
    ["its window is not ours", event({}, 8)],
  ])("is not trusted when %s", (_case, facts) => {
    expect(isTrustedSender(facts, trusted)).toBe(false);
  });
});

/**
 * Names of the Electron messages that carry the bridge. Kept apart from the schemas, like `names.ts`, for the sandboxed
 * preload script.
 */
export const electronChannels = {
  /** Page to host, with an answer: `(name, input)` → envelope. */
  invoke: "gatehouse:invoke",
  /** Page to host: `(subscriptionId, sinceSequence)`. */
  subscribe: "gatehouse:subscribe",
  /** Page to host: `(subscriptionId)`. */
  unsubscribe: "gatehouse:unsubscribe",
  /** Page to host: `(subscriptionId, sequence)`, the newest message it has taken. */
  acknowledge: "gatehouse:acknowledge",
  /** Host to page: `(subscriptionId, message)`. */
  message: "gatehouse:message",
} as const;

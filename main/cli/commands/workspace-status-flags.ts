import type { FlagDefinition } from "../flags/definition";

/** Flags of `gatehouse status`. */
export const workspaceStatusFlags: readonly FlagDefinition[] = [
  { name: "workspace", kind: "path", fallback: ".", help: "Checkout whose five surfaces are read" },
  { name: "json", kind: "boolean", fallback: "false", help: "As JSON" },
];

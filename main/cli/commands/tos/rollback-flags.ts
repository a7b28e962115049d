import type { FlagDefinition } from "../../flags/definition";

const root: FlagDefinition = { name: "root", kind: "path", fallback: ".", help: "Folder of the project" };
const json: FlagDefinition = { name: "json", kind: "boolean", fallback: "false", help: "As JSON" };
const recovery: FlagDefinition = {
  name: "recovery",
  kind: "text",
  help: "Identifier of the recovery; the newest when not given",
};
const previewId: FlagDefinition = {
  name: "preview-id",
  kind: "text",
  help: "Preview that was looked at; refused when anything has changed since",
};

/** What every operation that changes something takes. */
const acting: readonly FlagDefinition[] = [
  root,
  { name: "reason", kind: "text", help: "Why, for the record; required" },
  {
    name: "acknowledge",
    kind: "text",
    help: "Rule to go on in spite of, with the reason: RULE=reason",
  },
  { name: "run-id", kind: "text", help: "For the console itself: identifier of the run" },
  { name: "from", kind: "choice", choices: ["window", "command line"], help: "For the console itself" },
];

const settling: readonly FlagDefinition[] = [
  {
    name: "tree-digest",
    kind: "text",
    help: "Working tree that was looked at; refused when it has changed since",
  },
  ...acting,
];

/** Flags of each `gatehouse tos-rollback` command, in the order help shows them. */
export const tosRollbackFlags = {
  preview: [
    { name: "target", kind: "text", help: "Commit to go back to; the last checkpoint when not given" },
    { ...recovery, help: "Recovery whose undo is meant" },
    root,
    json,
  ],
  list: [root, json],
  undo: [recovery, previewId, ...acting],
  finish: [recovery, ...acting],
  stash: settling,
  discard: settling,
} as const satisfies Readonly<Record<string, readonly FlagDefinition[]>>;

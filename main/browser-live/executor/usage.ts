/** The calls of the executor protocol (spec/tau/live-run.md §4). */
export const executorUsage =
  "gatehouse browser-executor start-session | execute-action <json> | shutdown-session";

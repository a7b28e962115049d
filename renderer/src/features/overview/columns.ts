/** Columns of the overview's table after the first two, with the file each group of figures is read from. */
export const figureGroups = [
  {
    title: "Failures",
    source: "state.json",
    columns: [
      { title: "streak", hint: "Cycles in a row with at least one failed case" },
      {
        title: "backlog",
        hint: "Backlog left out of the last cycle: discovered cases above the queue limit",
      },
    ],
  },
  {
    title: "Last cycle, cases",
    source: "state.json",
    columns: [
      { title: "discovered", hint: "Cases in the fixture" },
      { title: "completed", hint: "Applied and malformed cases" },
      { title: "failed", hint: "Cases whose retries were used up" },
      { title: "duplicates", hint: "Cases skipped because they were processed before" },
    ],
  },
  {
    title: "Event log",
    source: "runtime-events.jsonl",
    columns: [
      { title: "cycles", hint: "Valid records in the log" },
      { title: "invalid", hint: "Lines that are no valid record" },
    ],
  },
] as const;

/** All columns of the table. */
export const columnCount = 2 + figureGroups.reduce((count, group) => count + group.columns.length, 0);

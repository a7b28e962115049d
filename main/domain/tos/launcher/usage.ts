/** The three lines the launcher prints for a command line it does not understand (launcher.md §1). */
export const usageLines: readonly string[] = [
  "usage cc_run.ps1 -Mode run|test|cleanrun|checkpoint|rollback -Clean -SummaryFile path",
  "  checkpoint: -CheckpointName <text>",
  "  rollback: -TargetCommit <hash> (optional, uses last_checkpoint.txt if not specified)",
];

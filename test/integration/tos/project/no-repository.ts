import type { RepositoryView } from "#contract/tos/repository";

/** What is known of a project that lies in no git repository. */
export const noRepository: RepositoryView = {
  state: "none",
  problem: "not a git repository",
  branch: null,
  head: null,
  changes: [],
  changeCount: 0,
  treeDigest: "",
  remote: null,
  lastCheckpoint: null,
  checkpoints: [],
  recoveries: [],
  interrupted: null,
  readUnixMs: 0,
};

import { readdir, readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { tosFolder, tosSettingsFile } from "#contract/tos/settings";
import { acknowledgedFile, runsFolder } from "#domain/tos/runs/run-files";
import { fileFingerprint } from "../../system/file-fingerprint";
import { DirectoryWatch } from "../../watch/directory-watch";

/** What is watched, folder by folder, relative to the project's root; the rest is seen at the next calm look. */
const watched: readonly (readonly [folder: string, names: readonly string[] | "any"])[] = [
  [".", "any"],
  [".gatehouse", ["tos.json"]],
  [tosFolder, ["acknowledged.jsonl"]],
  [runsFolder, "any"],
  ["logs", "any"],
  ["logs/steps", "any"],
  ["workspace/artifacts", "any"],
  ["workspace/results", "any"],
  [".git", ["HEAD", "index", "packed-refs"]],
  [".git/logs", ["HEAD"]],
];

/** Files and folders of a project; a folder changes with the names in it. */
const projectFiles = [
  ".",
  "config_v0_3.json",
  "tos_python_path.txt",
  "orchestrator_v0_3.py",
  tosSettingsFile,
  acknowledgedFile,
  "docs",
  "tools",
  "logs",
  "logs/steps",
  "logs/phase_summary.json",
  "logs/last_run_summary.json",
  "logs/last_run_summary.txt",
  "logs/last_checkpoint.txt",
  "workspace",
  "workspace/artifacts",
  "workspace/artifacts/phase_state.json",
  "workspace/artifacts/job_input.json",
  "workspace/artifacts/job_result.json",
  "workspace/results",
  "workspace/results/result_v2.txt",
] as const;

/** What of a repository changes with every commit, reset, checkout and `git add`. */
const repositoryFiles = [
  "HEAD",
  "index",
  "packed-refs",
  "logs/HEAD",
  "refs/heads",
  "refs/gatehouse/recovery",
] as const;

/** The folder that holds a project's repository; null when the project is not the top of one. */
async function gitFolder(root: string): Promise<string | null> {
  const path = join(root, ".git");
  try {
    if ((await stat(path)).isDirectory()) return path;
    // A linked work tree and a submodule have a file there.
    const named = /^gitdir: (.+)$/m.exec(await readFile(path, "utf8"))?.[1];
    return named === undefined ? null : resolve(root, named.trim());
  } catch {
    return null;
  }
}

/** How a project and its repository looked: two texts to be compared with the next ones. */
export interface Fingerprints {
  readonly project: string;
  readonly repository: string;
}

/** Looks at a project without reading it. Never rejects. */
export async function fingerprintsOf(root: string): Promise<Fingerprints> {
  const git = await gitFolder(root);
  const stepLogs = await readdir(join(root, "logs/steps")).catch(() => []);
  const all = async (folder: string, paths: readonly string[]): Promise<string> =>
    (await Promise.all(paths.map((path) => fileFingerprint(join(folder, path))))).join("\n");
  return {
    project: await all(root, [...projectFiles, ...stepLogs.map((name) => `logs/steps/${name}`)]),
    repository: git === null ? "" : await all(git, repositoryFiles),
  };
}

/**
 * Calls `onHint` whenever something may have happened in a project: on the system's events, and on a poll. It is for the
 * caller to look what it was.
 */
export class ProjectWatch {
  readonly #watches: readonly DirectoryWatch[];

  constructor(root: string, onHint: () => void) {
    this.#watches = watched.map(([folder, names]) => new DirectoryWatch(join(root, folder), names, onHint));
  }

  async start(): Promise<void> {
    await Promise.all(this.#watches.map((watch) => watch.start()));
  }

  stop(): void {
    for (const watch of this.#watches) watch.stop();
  }
}

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import type { ProgressEvent } from "#contract/tos/progress";
import type { RepositoryContext } from "../../../../main/tos/repository/context";
import { systemClock } from "../../../../main/system/clock";

/** What git gets: no settings of this machine or account, an identity, no hooks. */
export function gitEnvironment(folder: string): Record<string, string> {
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: "Operator",
    GIT_AUTHOR_EMAIL: "operator@example.org",
    GIT_COMMITTER_NAME: "Operator",
    GIT_COMMITTER_EMAIL: "operator@example.org",
  };
}

/** A git repository of a test, driven by git itself. */
export interface TestProject {
  readonly root: string;
  readonly environment: Record<string, string>;
  readonly events: ProgressEvent[];
  readonly context: RepositoryContext;
  git(...args: string[]): Promise<string>;
  write(path: string, content: string | Uint8Array): Promise<void>;
}

/** Makes a project in a folder; `initialise` is off for one that is no repository. */
export async function makeProject(
  folder: string,
  { initialise = true, name = "project" } = {},
): Promise<TestProject> {
  const root = join(folder, name);
  await mkdir(root, { recursive: true });
  const environment = gitEnvironment(folder);
  const events: ProgressEvent[] = [];
  const git = async (...args: string[]): Promise<string> =>
    (await execa("git", args, { cwd: root, env: environment, extendEnv: false })).stdout;
  if (initialise) await git("init", "--quiet", "--initial-branch=main");
  const report = (event: ProgressEvent): void => void events.push(event);
  return {
    root,
    environment,
    events,
    context: { root, environment, clock: systemClock, operator: "operator", report },
    git,
    write: async (path, content) => {
      await mkdir(join(root, path, ".."), { recursive: true });
      await writeFile(join(root, path), content);
    },
  };
}

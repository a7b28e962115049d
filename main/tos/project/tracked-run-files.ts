import { runGit } from "../repository/run-git";

/** How many are named; more would not tell more. */
const maximumNamed = 20;

/**
 * Files below the folders of a run that git tracks (spec/tos/governance.md §4, G32); null where git cannot say: no
 * repository, no git, or one that takes longer than ten seconds. Never rejects.
 */
export async function trackedRunFiles(
  root: string,
  folders: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<readonly string[] | null> {
  // Without a path git would list everything.
  if (folders.length === 0) return [];
  try {
    const { stdout } = await runGit(root, ["--literal-pathspecs", "ls-files", "-z", "--", ...folders], {
      environment,
      timeoutMs: 10_000,
      limitBytes: 4_194_304,
    });
    const paths = stdout.toString("utf8").split("\0");
    return paths.filter((path) => path !== "").slice(0, maximumNamed);
  } catch {
    return null;
  }
}

import { parseTreeChanges, submoduleMode } from "#domain/tos/repository/tree-change";
import { shownPath } from "./disk-path";
import { lookAt } from "./look";
import type { RepositoryPlace } from "./place";
import type { PrivateIndex } from "./private-index";
import { gitBytes, gitText } from "./run-git";

/** A file beyond this is a burden on the repository for ever, and hosts refuse it: 100 MB. */
const hugeBytes = 100_000_000;

/**
 * What a checkpoint does not hold, or holds at a price: repositories inside the work tree, of which only a commit's name
 * is noted, and huge files. One line each.
 */
export async function checkpointNotes(place: RepositoryPlace, index: PrivateIndex): Promise<string[]> {
  const options = { environment: place.environment, variables: index.variables };
  const [staged, listing] = await Promise.all([
    gitBytes(
      place.top,
      ["diff-index", "--cached", "--raw", "-z", "--no-renames", "--ignore-submodules=none", "HEAD"],
      {
        ...options,
        answers: [128],
      },
    ),
    gitBytes(place.top, ["ls-files", "--stage", "-z"], options),
  ]);
  const notes: string[] = [];
  // Before the first commit there is nothing to compare with, and all that is staged is new.
  const added =
    staged === "" ? [] : parseTreeChanges(staged).filter(({ newMode }) => newMode?.startsWith("100"));
  for (const { path } of added) {
    const { bytes } = await lookAt(place, path);
    if (bytes > hugeBytes)
      notes.push(
        `huge file: ${shownPath(place, path)} has ${bytes} bytes and stays in the repository for good.`,
      );
  }
  for (const entry of listing.split("\0").filter((line) => line.startsWith(submoduleMode)))
    notes.push(...(await repositoryNotes(place, entry.slice(entry.indexOf("\t") + 1))));
  return notes;
}

async function repositoryNotes(place: RepositoryPlace, path: string): Promise<string[]> {
  const shown = shownPath(place, path);
  const { top, environment } = place;
  const declared = await gitBytes(top, ["config", "-z", "--file", ".gitmodules", "--get-regexp", "path$"], {
    environment,
    answers: [1, 128],
  });
  const isSubmodule = declared.split("\0").some((entry) => entry.slice(entry.indexOf("\n") + 1) === path);
  const notes = isSubmodule
    ? []
    : [
        `repository inside: ${shown} has its own history; the checkpoint holds the name of its commit, none of its files.`,
      ];
  const inside = await gitText(`${top}/${shown}`, ["status", "--porcelain"], { environment }).catch(() => "");
  if (inside !== "")
    notes.push(`uncommitted inside: ${shown} has changes of its own, which are not part of this checkpoint.`);
  return notes;
}

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { RolloutProfile } from "#contract/rollout/profile";
import type { RequestOutput } from "#contract/requests";
import { builtInProfiles } from "#domain/rollout/built-in-profiles";
import { proposedCandidate } from "#domain/rollout/sample/candidate-file";
import { parseProfile } from "#domain/rollout/sample/profile-file";
import { describeFileError, isAbsent } from "../watch/file-problem";
import { lookTwice, readSource } from "./observe/file-source";

const profileFolder = ".gatehouse/profiles";
const candidateFile = ".gatehouse/evidence/candidate.json";
const builtIn = "built in";

/** A profile a rollout can be started with, and the file it came from, or `built in`. */
export interface OfferedProfile {
  readonly profile: RolloutProfile;
  readonly source: string;
}

interface ProfileFile {
  readonly id: string;
  readonly offered: OfferedProfile | null;
  readonly problems: readonly string[];
}

/**
 * What a rollout of a workspace can be started with: the built-in profiles, each replaced by the workspace's file of the same
 * name, then the workspace's own by name; and the candidate it proposes. A file that cannot be used hides the built-in
 * profile of its name, too: it was meant to be other rules than those. Never rejects; every problem names its file.
 */
export async function readStartChoices(workspacePath: string): Promise<RequestOutput<"rollout.profiles">> {
  const [{ files, problems }, proposed] = await Promise.all([
    readProfileFiles(workspacePath),
    readCandidate(workspacePath),
  ]);
  const byId = new Map(files.map((file) => [file.id, file]));
  const profiles = [
    ...builtInProfiles.flatMap((profile) => {
      const file = byId.get(profile.id);
      return file === undefined ? { profile, source: builtIn } : (file.offered ?? []);
    }),
    ...files
      .filter(({ id }) => !builtInProfiles.some((profile) => profile.id === id))
      .flatMap(({ offered }) => offered ?? []),
  ];
  const { candidate, problem } = proposed;
  return {
    profiles,
    problems: [...problems, ...files.flatMap((file) => file.problems), ...(problem === "" ? [] : [problem])],
    candidate,
    candidateSource: candidate === null ? "" : candidateFile,
  };
}

async function readCandidate(workspacePath: string): Promise<ReturnType<typeof proposedCandidate>> {
  return lookTwice(
    async () => proposedCandidate(await readSource(join(workspacePath, candidateFile), candidateFile)),
    ({ problem }) => problem === "",
  );
}

async function readProfileFiles(
  workspacePath: string,
): Promise<{ readonly files: readonly ProfileFile[]; readonly problems: readonly string[] }> {
  let names: string[];
  try {
    names = await readdir(join(workspacePath, profileFolder));
  } catch (error) {
    return { files: [], problems: isAbsent(error) ? [] : [`${profileFolder}: ${describeFileError(error)}`] };
  }
  const profiles = names.filter((name) => name.endsWith(".json") && !name.startsWith(".")).toSorted();
  const files = await Promise.all(
    profiles.map((name) =>
      lookTwice(
        () => readProfileFile(workspacePath, name),
        ({ problems }) => problems.length === 0,
      ),
    ),
  );
  return { files, problems: [] };
}

async function readProfileFile(workspacePath: string, name: string): Promise<ProfileFile> {
  const id = name.slice(0, -".json".length);
  const shownPath = `${profileFolder}/${name}`;
  const source = await readSource(join(workspacePath, shownPath), shownPath);
  if (source.kind === "missing") return { id, offered: null, problems: [`${shownPath} does not exist`] };
  if (source.kind === "unreadable")
    return { id, offered: null, problems: [`${shownPath}: ${source.problem}`] };
  const parsed = parseProfile(source.text, shownPath, id);
  return parsed.ok
    ? { id, offered: { profile: parsed.profile, source: shownPath }, problems: [] }
    : { id, offered: null, problems: parsed.problems };
}

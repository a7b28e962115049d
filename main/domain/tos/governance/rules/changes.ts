import type { GovernanceFinding } from "#contract/tos/governance";
import { runFolders } from "../../config-check/config-figures";
import { finding, firstOf, keptUnless, type ProjectFacts, recordOf, type Verdict } from "../finding";
import { protectedPrograms } from "../programs";

const isProtected = (path: string): boolean =>
  path.startsWith("tools/") || protectedPrograms.some((program) => program.path === path);
const isFrozenDocument = (path: string): boolean => /^docs\/s5_[^/]*\.md$/.test(path);

/** What may not change, and what may not lie in git or in files (spec/tos/governance.md §4). */
export function changeRules(facts: ProjectFacts, canon: readonly GovernanceFinding[]): GovernanceFinding[] {
  return [
    finding("G30", keptUnless([...forbiddenChanges(canon), ...changedPaths(facts, isProtected)])),
    finding("G31", frozenDocuments(facts)),
    finding("G32", runFilesInGit(facts)),
    finding("G33", leakedKeys(facts)),
  ];
}

/** What the other rules have found to differ from the published state. */
function forbiddenChanges(canon: readonly GovernanceFinding[]): string[] {
  const relevant = canon.filter(({ rule, status }) => rule !== "G27" && status === "broken");
  return relevant.map(({ rule, title }) => `${rule} is broken: ${title}`);
}

function changedPaths({ repository }: ProjectFacts, matches: (path: string) => boolean): string[] {
  return repository.changes
    .filter(({ path }) => matches(path))
    .map(({ path, kind }) => `${path}: expected as committed, found ${kind}`);
}

function frozenDocuments(facts: ProjectFacts): Verdict {
  const { repository } = facts;
  if (repository.state === "none")
    return { status: "not-applicable", details: ["no git repository: there is nothing to compare with"] };
  if (repository.state === "unborn")
    return {
      status: "not-applicable",
      details: ["nothing is committed yet: there is nothing to compare with"],
    };
  if (repository.state === "broken") return { status: "unknown", details: [repository.problem] };
  const changed = changedPaths(facts, isFrozenDocument);
  const first = changed[0];
  if (first !== undefined) return keptUnless(changed, recordOf(first.split(":", 1)[0] ?? "", first));
  const unseen = repository.changeCount - repository.changes.length;
  if (unseen > 0) return { status: "unknown", details: [`${unseen} changed files were not looked at`] };
  return { status: "kept", details: [] };
}

function runFilesInGit({ reading, repository }: ProjectFacts): Verdict {
  if (repository.state === "none") return { status: "not-applicable", details: ["no git repository"] };
  const folders = runFolders(reading.config.check.config);
  const visible = repository.changes
    .filter(
      ({ path, kind }) => kind === "untracked" && folders.some((folder) => path.startsWith(`${folder}/`)),
    )
    .map(
      ({ path }) => `${path}: expected to be ignored by git, found that the next checkpoint would commit it`,
    );
  const tracked = (reading.trackedRunFiles ?? []).map(
    (path) => `${path}: expected to be ignored by git, found it committed`,
  );
  const details = [...tracked, ...visible];
  if (details.length > 0) return keptUnless(firstOf(details, 20));
  if (reading.trackedRunFiles === null)
    return { status: "unknown", details: ["git could not be asked which files it tracks"] };
  return { status: "kept", details: [] };
}

function leakedKeys({ reading }: ProjectFacts): Verdict {
  const [first] = reading.leaks;
  const details = reading.leaks.map(({ path, key }) => `${path}: expected no key, found the value of ${key}`);
  if (first !== undefined)
    return keptUnless(
      firstOf(details, 20),
      recordOf(first.path, `holds the value of ${first.key}; it is not shown`),
    );
  if (reading.unsearched.length > 0)
    return {
      status: "unknown",
      details: firstOf(reading.unsearched, 20).map((path) => `${path}: could not be searched to its end`),
    };
  return { status: "kept", details: [] };
}

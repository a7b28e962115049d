/** What git said when it failed, all text read with `LC_ALL=C`. */
export interface GitEnd {
  readonly command: string;
  readonly exitCode: number | null;
  readonly stderr: string;
  readonly stdout: string;
  /** `missing`: there is no git. `timed-out`: it took too long and was ended. */
  readonly ending: "exited" | "missing" | "timed-out" | "signalled";
}

/** Known causes, the first that fits: what git's text shows, and a sentence an operator can act on. */
const causes: readonly (readonly [RegExp, string])[] = [
  [/detected dubious ownership/i, "The repository belongs to another account; git refuses to work in it"],
  [
    /not a git repository/i,
    "The folder is not in a git repository; run git init there and make a first checkpoint",
  ],
  [/must be run in a work tree/i, "The folder is a bare git repository: it has no files to work with"],
  [
    /please tell me who you are|empty ident name|unable to auto-detect email|no email was given|identity unknown/i,
    "Git does not know who you are; set user.name and user.email with git config",
  ],
  [
    /(?:index|HEAD|refs\/\S*|config|packed-refs|shallow)\.lock['": ].*File exists|cannot lock ref|Another git process/is,
    "Another git process holds a lock in the repository; wait for it, or remove the lock if that process is gone",
  ],
  [/no space left on device|disk quota exceeded/i, "The disk is full"],
  [/read-only file system/i, "The file system is read-only"],
  [
    /insufficient permission|permission denied|operation not permitted/i,
    "Git may not write there: permission is missing",
  ],
  [
    /does not have a commit checked out/i,
    "A folder holds a repository of its own without any commit; make a commit in it, remove its .git or ignore it",
  ],
  [/gpg failed to sign|failed to write commit object/i, "The commit could not be signed or written"],
  [
    /is corrupt|missing (?:blob|tree|commit)|unable to read (?:tree|sha1|.*object)|bad object|loose object|invalid object|index file smaller|bad (?:index|signature)|index file corrupt/i,
    "The repository is damaged, or its objects cannot be written; git fsck tells more",
  ],
  [
    /unknown revision|bad revision|Needed a single revision|ambiguous argument|not a valid (?:object|commit)|not a commit/i,
    "The repository knows no such commit",
  ],
  [
    /could not read from remote|unable to access|could not resolve host|connection (?:refused|timed out)|does not appear to be a git repository|terminal prompts disabled/i,
    "The remote repository cannot be reached",
  ],
];

/** The last lines of a text that say something, joined. */
function lastWords(text: string): string {
  const lines = text
    .split(/\r?\n|\r/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("hint:"));
  const said = lines.filter((line) => /^(?:fatal|error):/.test(line));
  return (said.length > 0 ? said : lines).slice(-2).join(" ").slice(0, 500);
}

/** One sentence about a failed git command that an operator can act on, with git's own words. */
export function plainFailure({ command, exitCode, stderr, stdout, ending }: GitEnd): string {
  if (ending === "missing") return "git was not found on this machine: install it, or put it on the PATH.";
  if (ending === "timed-out") return `${command} took too long and was ended.`;
  const words = lastWords(stderr) || lastWords(stdout);
  const said = words === "" ? "" : ` (git: ${words})`;
  if (ending === "signalled") return `${command} was ended from outside${said}.`;
  const cause = causes.find(([pattern]) => pattern.test(stderr));
  return cause === undefined
    ? `${command} failed with exit code ${exitCode ?? "unknown"}${said}.`
    : `${cause[1]}${said}.`;
}

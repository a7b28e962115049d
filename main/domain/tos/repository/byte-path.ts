/**
 * A path as git and the disk hold it: one character for each byte, parts joined by `/`, relative to the top of the
 * repository. Names need not be valid UTF-8, and a name that is changed on its way is a file that is lost.
 */
export type BytePath = string;

/** Every folder above a path, outermost first: `a`, `a/b` for `a/b/c`. */
export function foldersAbove(path: BytePath): BytePath[] {
  const folders: BytePath[] = [];
  for (let slash = path.indexOf("/"); slash !== -1; slash = path.indexOf("/", slash + 1))
    folders.push(path.slice(0, slash));
  return folders;
}

/** Whether a path lies below a folder; the empty folder holds everything. */
export function isBelow(path: BytePath, folder: BytePath): boolean {
  return folder === "" ? path !== "" : path.startsWith(`${folder}/`);
}

/** A path inside a folder; the empty folder is the top. */
export function joinPath(folder: BytePath, name: BytePath): BytePath {
  return folder === "" ? name : `${folder}/${name}`;
}

/**
 * A path of the repository as seen from one of its folders (`prefix`, empty for the top): what is outside begins with
 * `../`, as `git status` prints it.
 */
export function relativeTo(prefix: BytePath, path: BytePath): BytePath {
  if (prefix === "" || isBelow(path, prefix)) return prefix === "" ? path : path.slice(prefix.length + 1);
  const from = prefix.split("/");
  const to = path.split("/");
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared += 1;
  return [...from.slice(shared).map(() => ".."), ...to.slice(shared)].join("/");
}

import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync, lstatSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { quotedPath } from "#domain/tos/repository/quoted-path";
import { gitEnvironment } from "./project";
import type { Random } from "../../../support/random";

const folders = ["", "", "", "d/", "d/e/", "logs/", "logs/steps/", "build/", "データ/", "-x/", "ign/"];
const names = [
  "a",
  "b.txt",
  "c.log",
  "日本語.txt",
  "-dash",
  'quo"te',
  "new\nline",
  " space ",
  ":colon",
  "*star",
  "d",
  "e",
  "build",
  "ign",
  "step_001.json",
  "bad\u00ff\u0080name",
  "100%25",
  "back\\slash",
];
const rules = [
  "*.log",
  "build/",
  "ign",
  "/d/e/",
  "!keep.log",
  "logs/",
  "a",
  "b.*",
  "*.txt",
  "!b.txt",
  "データ/",
  "e/",
  "step_*",
  "new*",
  "bad*",
];

/** UTF-8 names become one character for each byte; `\u0080` to `\u00ff` above stand for bytes that are no UTF-8. */
const bytesOf = (name: string): string =>
  name.includes("bad") ? name : Buffer.from(name, "utf8").toString("latin1");

type Entry = { readonly mode: string; readonly content: string };
type State = Map<string, Entry>;

const content = (random: Random): string =>
  random.pick(["", "x", "one\ntwo\n", "one\r\ntwo\r\n", "\u0000\u00ff binary", "日本\n"]) +
  (random.chance(0.7) ? String(random.below(4)) : "");

function ignoreFile(random: Random): Entry {
  const lines = Array.from({ length: random.below(4) }, () => random.pick(rules));
  return { mode: "100644", content: Buffer.from(`${lines.join("\n")}\n`).toString("latin1") };
}

const randomPath = (random: Random): string => bytesOf(random.pick(folders)) + bytesOf(random.pick(names));

/** A tree can hold a path only where no file stands above it and no folder is in its place. */
function fits(state: State, path: string): boolean {
  for (const other of state.keys())
    if (other.startsWith(`${path}/`) || path.startsWith(`${other}/`)) return false;
  return true;
}

function randomState(random: Random, before: State): State {
  const state: State = new Map();
  const put = (path: string, entry: Entry): void => {
    if (fits(state, path)) state.set(path, entry);
  };
  for (const [path, entry] of before) if (random.chance(0.6)) put(path, entry);
  for (let count = 2 + random.below(8); count > 0; count -= 1) {
    const mode = random.pick(["100644", "100644", "100644", "100755", "120000"]);
    put(randomPath(random), { mode, content: mode === "120000" ? "somewhere/else" : content(random) });
  }
  if (random.chance(0.7)) put(".gitignore", ignoreFile(random));
  if (random.chance(0.3)) put(`${bytesOf(random.pick(folders))}.gitignore`, ignoreFile(random));
  if (random.chance(0.2))
    put(".gitattributes", { mode: "100644", content: "*.txt text eol=crlf\na text eol=lf\n" });
  if (random.chance(0.1)) put("module", { mode: "160000", content: "" });
  return state;
}

const someCommit = "1234567890123456789012345678901234567890";

function importStream(states: readonly State[]): Buffer {
  const parts: Buffer[] = [];
  const line = (text: string): void => void parts.push(Buffer.from(`${text}\n`, "latin1"));
  for (const [position, state] of states.entries()) {
    line(`commit refs/heads/main\nmark :${position + 1}`);
    line(`committer Operator <operator@example.org> ${1_700_000_000 + position * 60} +0000`);
    line(`data 13\nCHECKPOINT ${String(position).padStart(2, "0")}`);
    if (position > 0) line(`from :${position}\ndeleteall`);
    for (const [path, entry] of state) {
      if (entry.mode === "160000") line(`M 160000 ${someCommit} ${quotedPath(path)}`);
      else {
        line(`M ${entry.mode} inline ${quotedPath(path)}\ndata ${entry.content.length}`);
        line(entry.content);
      }
    }
  }
  line("done");
  return Buffer.concat(parts);
}

/** A repository by chance with its work tree, clean as far as git is concerned. */
export interface RandomTree {
  readonly root: string;
  readonly environment: Record<string, string>;
  /** Revision to go back to. */
  readonly target: string;
}

/** Makes one in a new folder below `folder`. Takes a handful of git commands. */
export async function makeRandomTree(folder: string, name: string, random: Random): Promise<RandomTree> {
  const root = join(folder, name);
  mkdirSync(root);
  const environment = gitEnvironment(folder);
  const git = (args: readonly string[], input?: Buffer) =>
    execa("git", args, {
      cwd: root,
      env: environment,
      extendEnv: false,
      encoding: "buffer",
      ...(input && { input }),
    });
  makeEmptyRepository(root, random.chance(0.15));
  const states: State[] = [];
  for (let count = 2 + random.below(3); count > 0; count -= 1)
    states.push(randomState(random, states.at(-1) ?? new Map()));
  await git(["fast-import", "--quiet", "--done", "--date-format=raw"], importStream(states));
  await git(["reset", "--quiet", "--hard", "main"]);
  sprinkle(root, random, states);
  await removeUntracked(root, (await git(["status", "--porcelain", "-z", "-uall"])).stdout);
  if (random.chance(0.1)) {
    const head = readFileSync(join(root, ".git/refs/heads/main"), "utf8");
    writeFileSync(join(root, ".git/HEAD"), head);
  }
  return { root, environment, target: `main~${1 + random.below(states.length - 1)}` };
}

/** What `git init` makes, without a process for each of hundreds. */
function makeEmptyRepository(root: string, convertsLineEnds: boolean): void {
  for (const folder of ["objects/info", "objects/pack", "refs/heads", "refs/tags", "logs"])
    mkdirSync(join(root, ".git", folder), { recursive: true });
  writeFileSync(join(root, ".git/HEAD"), "ref: refs/heads/main\n");
  const settings = [
    "repositoryformatversion = 0",
    "filemode = true",
    "bare = false",
    "logallrefupdates = true",
  ];
  if (convertsLineEnds) settings.push("autocrlf = true");
  writeFileSync(join(root, ".git/config"), `[core]\n${settings.map((line) => `\t${line}\n`).join("")}`);
}

/** Files and folders that no commit holds, also where an earlier commit has something. */
function sprinkle(root: string, random: Random, states: readonly State[]): void {
  const earlier = states.flatMap((state) => [...state.keys()]);
  const tracked = new Set(states.at(-1)?.keys());
  const disk = (path: string): Buffer => Buffer.from(`${root}/${path}`, "latin1");
  const attempt = (act: () => void): void => {
    try {
      act();
    } catch {
      // Where a file is a folder already, or the other way round, there is simply one thing less.
    }
  };
  const parents = (path: string): void =>
    void mkdirSync(disk(path.slice(0, path.lastIndexOf("/") + 1)), { recursive: true });
  for (let count = random.below(14); count > 0; count -= 1) {
    const path = random.chance(0.4) ? random.pick(earlier) : randomPath(random);
    if (tracked.has(path) || [...tracked].some((each) => path.startsWith(`${each}/`))) continue;
    attempt(() => {
      parents(path);
      const place = disk(random.chance(0.15) ? `${path}/inner` : path);
      if (place.length > disk(path).length) parents(`${path}/inner`);
      if (random.chance(0.12)) symlinkSync("nowhere", place);
      else {
        writeFileSync(place, Buffer.from(content(random), "latin1"), { flag: "wx" });
        if (random.chance(0.3)) chmodSync(place, random.pick([0o600, 0o755, 0o640, 0o444]));
      }
    });
  }
  for (let count = random.below(5); count > 0; count -= 1) {
    const path =
      bytesOf(random.pick(folders)) + bytesOf(random.pick(["empty", "e", "build", "a", "deep/er"]));
    attempt(() => {
      mkdirSync(disk(path), { recursive: true });
      if (random.chance(0.3) && lstatSync(disk(path)).isDirectory()) chmodSync(disk(path), 0o700);
    });
  }
  if (random.chance(0.15)) {
    const nested = random.pick(["nested", "build/nested", "ign/nested"]);
    attempt(() => {
      mkdirSync(disk(`${nested}/.git/objects`), { recursive: true });
      mkdirSync(disk(`${nested}/.git/refs`), { recursive: true });
      writeFileSync(disk(`${nested}/.git/HEAD`), "ref: refs/heads/main\n");
      writeFileSync(disk(`${nested}/file`), "of its own");
    });
  }
}

async function removeUntracked(root: string, status: Uint8Array): Promise<void> {
  for (const entry of Buffer.from(status).toString("latin1").split("\0"))
    if (entry.startsWith("?? "))
      rmSync(Buffer.from(`${root}/${entry.slice(3).replace(/\/$/, "")}`, "latin1"), {
        recursive: true,
        force: true,
      });
}

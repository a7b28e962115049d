import { randomUUID } from "node:crypto";
import { access, mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { isProcessAlive } from "../system/process-identity";
import { syncDirectory, writeDurable } from "../system/write-durable";
import { makeDemoRepository } from "./demo-repository";

/** Names the program that the reference demands before it runs (spec/tos/orchestrator.md §5); not kept by git. */
const interpreterFile = "tos_python_path.txt";
/** A project that is being made, with the process that makes it: `tos-partial-<pid>-<random>`. */
const partialName = /^tos-partial-(\d+)-/;

export interface DemoProjectOptions {
  /** The shipped files. A name that begins with `dot-` stands for one that begins with a dot. */
  readonly shippedDirectory: string;
  /** Folder of the demo workspace; the project lies in its `tos`. */
  readonly workspacePath: string;
  /** A program that answers `--version`. */
  readonly interpreter: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Puts the shipped files where they belong in the project. */
async function copyShipped(from: string, to: string): Promise<void> {
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name.replace(/^dot-/, "."));
    if (entry.isDirectory()) await copyShipped(source, target);
    else if (entry.isFile()) await writeDurable(target, await readFile(source));
  }
}

/** Removes what a killed start left behind; what another process makes right now stays. */
async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const maker = partialName.exec(name)?.[1];
    if (maker !== undefined && Number(maker) !== process.pid && !isProcessAlive(Number(maker)))
      await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** Names the interpreter, unless the file names one that is there. */
async function nameInterpreter(root: string, interpreter: string): Promise<void> {
  const path = join(root, interpreterFile);
  const named = (await readFile(path, "utf8").catch(() => "")).trim();
  if (named === "" || !(await exists(named))) await writeDurable(path, `${interpreter}\n`);
}

/**
 * Makes the TOS project of the demo workspace once, with a repository where git is there. It is the operator's from
 * then on: nothing in it is written again but the name of an interpreter that is gone. It appears whole or not at all,
 * so a start that is killed leaves the next one to make it. Rejects with the system's error.
 */
export async function prepareDemoProject(options: DemoProjectOptions): Promise<void> {
  const root = join(options.workspacePath, "tos");
  const folder = join(options.workspacePath, ".gatehouse");
  await mkdir(folder, { recursive: true });
  await removeAbandoned(folder);
  if (!(await exists(root))) {
    const partial = join(folder, `tos-partial-${process.pid}-${randomUUID()}`);
    try {
      await copyShipped(options.shippedDirectory, partial);
      await nameInterpreter(partial, options.interpreter);
      await makeDemoRepository(partial, options.environment);
      await rename(partial, root);
      await syncDirectory(options.workspacePath);
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      // Another start was faster.
      if (!(await exists(root))) throw error;
    }
  }
  await nameInterpreter(root, options.interpreter);
}

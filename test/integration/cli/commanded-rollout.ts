import { readFile } from "node:fs/promises";
import { onTestFinished } from "vitest";
import { type CommandOutcome, requests } from "#contract/requests";
import { type RolloutView, rolloutViewSchema } from "#contract/rollout/view";
import { main } from "../../../main/cli/main";
import { RolloutWorkspace, type ProfileChanges } from "../../support/rollout/rollout-workspace";
import { gatehouse, type Ran } from "./gatehouse";

/** A workspace whose rollout is driven by commands alone. */
export class CommandedRollout {
  readonly workspace: RolloutWorkspace;

  private constructor(workspace: RolloutWorkspace) {
    this.workspace = workspace;
  }

  /** Removed when the test that asked for it ends. Commands are slower than a rehearsal's evidence is allowed to be. */
  static async make(changes: ProfileChanges = {}): Promise<CommandedRollout> {
    const workspace = await RolloutWorkspace.create({
      soakMs: 1,
      checkIntervalMs: 60_000,
      maximumEvidenceAgeMs: 600_000,
      ...changes,
    });
    onTestFinished(() => workspace.remove());
    return new CommandedRollout(workspace);
  }

  read(path: string): Promise<string> {
    return readFile(this.workspace.file(path), "utf8");
  }

  /** `gatehouse rollout …` in the workspace, in a process of its own. */
  run(...args: readonly string[]): Promise<Ran> {
    return gatehouse(this.workspace.path, ["rollout", ...args]);
  }

  /** Starts a rollout of the proposed candidate with the quick profile. */
  start(): Promise<void> {
    return this.#prepare("start", "--profile", "quick", "--reason", "release 2.8");
  }

  /** The newest rollout, as `status --json` gives it. */
  async status(): Promise<{ readonly view: RolloutView; readonly exitCode: number | undefined }> {
    const { stdout, stderr, exitCode } = await this.run("status", "--json");
    if (stdout === "") throw new Error(stderr);
    return { view: rolloutViewSchema.parse(JSON.parse(stdout)), exitCode };
  }

  /** Everything that the phase demands, and its promotion. */
  async promote(): Promise<void> {
    await this.workspace.runSurfaces();
    await this.#prepare("check");
    await this.#prepare("check");
    await this.#prepare("promote", "--reason", "all green");
  }

  /** The same command line in this process: what only leads up to the matter need not start one each time. */
  async #prepare(...args: readonly string[]): Promise<void> {
    const printed: string[] = [];
    const print = (text: string): void => void printed.push(text);
    const terminal = { out: print, error: print };
    const environment = process.env;
    const argv = ["rollout", ...args, "--workspace", this.workspace.path];
    const exitCode = await main(argv, { terminal, environment });
    if (exitCode !== 0) throw new Error(`${args.join(" ")} ended with ${exitCode}: ${printed.join("\n")}`);
  }
}

/** What `--json` of a command says, checked against the contract. */
export function outcomeOf({ stdout }: Ran): CommandOutcome {
  return requests["rollout.command"].output.parse(JSON.parse(stdout));
}

import { onTestFinished } from "vitest";
import type { CommandOutcome } from "#contract/requests";
import type { StreamMessage } from "#contract/events";
import type { RolloutView } from "#contract/rollout/view";
import { openConsole } from "../../../main/host/compose";
import { systemClock } from "../../../main/system/clock";
import { createClient, type Client } from "#contract/client";
import { createMemoryTransport } from "../../support/memory-transport";
import { RolloutWorkspace, type ProfileChanges } from "../../support/rollout/rollout-workspace";
import { waitUntil } from "../../support/wait-until";

/** A console over a rollout workspace, spoken to through the contract; everything ends with the test. */
export class DeskConsole {
  readonly workspace: RolloutWorkspace;
  readonly client: Client;
  readonly messages: StreamMessage[] = [];
  readonly problems: string[] = [];
  readonly close: () => Promise<void>;

  private constructor(
    workspace: RolloutWorkspace,
    client: Client,
    problems: string[],
    close: () => Promise<void>,
  ) {
    this.workspace = workspace;
    this.client = client;
    this.problems = problems;
    this.close = close;
  }

  static async open(workspace: RolloutWorkspace): Promise<DeskConsole> {
    const problems: string[] = [];
    const opened = await openConsole({
      path: workspace.path,
      kind: "server",
      clock: systemClock,
      version: "test",
      onProblem: (problem) => problems.push(problem),
    });
    let closed: Promise<void> | undefined;
    const close = (): Promise<void> => (closed ??= opened.close());
    const desk = new DeskConsole(
      workspace,
      createClient(createMemoryTransport(opened.host)),
      problems,
      close,
    );
    const { sequence } = await desk.client.request("console.snapshot", {});
    opened.host.subscribe(sequence, (message) => {
      desk.messages.push(structuredClone(message));
    });
    onTestFinished(close);
    return desk;
  }

  /** A console over a new workspace whose surfaces go on running healthily. */
  static async running(changes: ProfileChanges = {}): Promise<DeskConsole> {
    const workspace = await RolloutWorkspace.create(changes);
    onTestFinished(() => workspace.remove());
    const stop = workspace.keepRunning();
    onTestFinished(stop);
    return DeskConsole.open(workspace);
  }

  async view(): Promise<RolloutView> {
    const { rollout } = await this.client.request("console.snapshot", {});
    if (rollout.latest === null) throw new Error("there is no rollout");
    return rollout.latest;
  }

  async start(): Promise<CommandOutcome> {
    return this.client.request("rollout.start", await this.workspace.startRequest());
  }

  /** Gives a command on the state as it is now. */
  async give(
    command: "pause" | "resume" | "promote" | "abort" | "rollback" | "retry-hook",
    extra: Readonly<Record<string, unknown>> = {},
  ): Promise<CommandOutcome> {
    const { rolloutId, revision } = await this.view();
    const input = { command, rolloutId, revision, reason: `${command} for the test`, ...extra };
    return this.client.request("rollout.command", { command: input as never });
  }

  /** Gives a command, and decides anew as long as the state had changed under it. */
  decide(command: Parameters<DeskConsole["give"]>[0]): Promise<CommandOutcome> {
    return waitUntil(`an answer to ${command}`, async () => {
      const outcome = await this.give(command);
      return outcome.refusal?.code === "state-changed" ? null : outcome;
    });
  }

  until(what: string, condition: (view: RolloutView) => boolean | Promise<boolean>): Promise<RolloutView> {
    return waitUntil(what, async () => {
      const view = await this.view();
      return (await condition(view)) ? view : null;
    });
  }

  /** Promotes as soon as that is allowed; a state that changed under the command is decided on again. */
  async promote(): Promise<RolloutView> {
    return waitUntil("the promotion", async () => {
      const view = await this.view();
      if (!view.actions.some(({ action, allowed }) => action === "promote" && allowed)) return null;
      const outcome = await this.give("promote");
      return outcome.outcome === "done" ? outcome.rollout : null;
    });
  }
}

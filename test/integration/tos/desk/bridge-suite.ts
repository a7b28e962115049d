import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createClient, type Client } from "#contract/client";
import type { StreamMessage } from "#contract/events";
import type { RequestInput } from "#contract/requests";
import type { TosRunView } from "#contract/tos/progress";
import type { TosView } from "#contract/tos/view";
import type { Transport } from "#contract/transport";
import { createDeskWorkspace, type DeskWorkspace } from "../../../support/tos/desk-workspace";
import { gitIn } from "../../../support/tos/git-in";
import { waitUntil } from "../../../support/wait-until";

/** A console opened on a real workspace, reached over one transport. */
export interface OpenTosBridge {
  readonly transport: Transport;
  close(): Promise<void>;
}

/** A value that no answer, no event and no file may ever hold. */
const secret = "sk-never-to-be-seen-8c1f";
const keyNames = ["OPENAI_API_KEY", "ANTHROPIC_API_KEY"] as const;

/** The rollback procedure of seed 004 ("rollback verification procedure"), by requests alone, over any transport. */
export function describeTosBridge(
  name: string,
  open: (workspacePath: string) => Promise<OpenTosBridge>,
): void {
  describe(`the task orchestrator over ${name}`, () => {
    let folder: string;
    let workspace: DeskWorkspace;
    let bridge: OpenTosBridge;
    let client: Client;
    let stop: () => void;
    const messages: StreamMessage[] = [];
    const answers: unknown[] = [];
    const before = keyNames.map((key) => process.env[key]);

    beforeAll(async () => {
      for (const key of keyNames) process.env[key] = secret;
      folder = await mkdtemp(join(await realpath(tmpdir()), "gatehouse-tos-bridge-"));
      workspace = await createDeskWorkspace(folder);
      bridge = await open(workspace.path);
      client = createClient({
        ...bridge.transport,
        invoke: async (request, input) => {
          const answer = await bridge.transport.invoke(request, input);
          answers.push(answer);
          return answer;
        },
      });
      const { sequence } = await client.request("console.snapshot", {});
      stop = client.subscribe(
        sequence,
        (message) => messages.push(message),
        () => undefined,
        (problem) => answers.push(problem),
      );
    });
    afterAll(async () => {
      stop?.();
      await bridge?.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
      for (const [index, key] of keyNames.entries())
        if (before[index] === undefined) delete process.env[key];
        else process.env[key] = before[index];
    });

    const look = async (): Promise<TosView> => {
      const { tos } = await client.request("console.snapshot", {});
      if (tos.view === null) throw new Error(tos.problem);
      return tos.view;
    };
    /** A report is made of what is there now, so the state is as fresh afterwards. */
    const lookAnew = async (): Promise<TosView> => {
      await client.request("tos.failureReport", {});
      return look();
    };
    const until = (what: string, fits: (view: TosView) => boolean): Promise<TosView> =>
      waitUntil(what, async () => {
        const { tos } = await client.request("console.snapshot", {});
        return tos.view !== null && fits(tos.view) ? tos.view : null;
      });
    const head = (): Promise<string> => gitIn(workspace.root, "rev-parse", "HEAD");

    /** Begins an operation with every rule in its way acknowledged, and waits for its end. */
    const carryOut = async (launch: RequestInput<"tos.launch">["launch"]): Promise<TosRunView> => {
      const { actions } = await look();
      const rules = actions.find(({ operation }) => operation === launch.operation)?.rules ?? [];
      const acknowledgements = rules.map(({ rule }) => ({ rule, reason: "practice" }));
      const { runId } = await client.request("tos.launch", { launch: { ...launch, acknowledgements } });
      const { runs } = await until(
        `the end of the ${launch.operation} ${runId}`,
        ({ run, runs: ended }) => run === null && ended.some((one) => one.runId === runId),
      );
      return runs.find((one) => one.runId === runId) as TosRunView;
    };
    const breakIt = async (): Promise<void> => {
      const { text, digest } = await client.request("tos.config", {});
      const broken = text.replace('"Remove-Item",', '"Remove-Item",\n      "printf",');
      const input = { text: broken, baseDigest: digest, reason: "to see it fail" };
      await client.request("tos.saveConfig", {
        ...input,
        acknowledgements: [{ rule: "G44", reason: "practice" }],
      });
    };

    it("shows the project with the console", async () => {
      const view = await until("the project", () => true);
      expect(view).toMatchObject({
        root: workspace.root,
        provider: "scripted",
        settingsProblem: "",
        run: null,
      });
      expect(view.repository).toMatchObject({ state: "ready", branch: "main", changeCount: 0 });
      expect(view.config.problems).toEqual([]);
    });

    it("makes a checkpoint, breaks, fails its test, rolls back as previewed, and undoes that", async () => {
      const first = await head();
      expect(await carryOut({ operation: "checkpoint", name: "before verify" })).toMatchObject({
        exitCode: 0,
      });
      const checkpoint = await head();
      expect(checkpoint).not.toBe(first);
      expect((await look()).repository.checkpoints[0]).toMatchObject({
        hash: checkpoint,
        isHead: true,
        isLast: true,
      });

      await breakIt();
      expect(await carryOut({ operation: "test" })).toMatchObject({
        exitCode: 1,
        endReason: "test failed",
      });
      const broken = await look();
      expect(broken.phase?.currentPhase).toBe("deny");
      const dirty = await client.request("tos.preview", {});
      expect(dirty.obstacles).not.toEqual([]);
      const refused = {
        operation: "rollback",
        target: null,
        previewId: dirty.previewId,
        reason: "r",
      } as const;
      await expect(client.request("tos.launch", { launch: refused })).rejects.toMatchObject({
        code: "conflict",
      });

      // The way out of the contradiction between the procedure and the rule of the clean tree (launcher.md §7).
      await carryOut({ operation: "checkpoint", name: "broken" });
      const second = await head();
      await workspace.write("notes.txt", "kept by nobody but a recovery\n");
      await carryOut({ operation: "checkpoint", name: "with notes" });
      const third = await head();
      const preview = await client.request("tos.preview", { target: checkpoint });
      expect(preview).toMatchObject({ obstacles: [], from: { hash: third }, to: { hash: checkpoint } });
      expect(preview.commits.map(({ hash }) => hash)).toEqual([third, second]);
      expect(preview.files.map(({ path }) => path)).toEqual(
        expect.arrayContaining(["config_v0_3.json", "notes.txt"]),
      );

      // What has come since was not in the preview.
      await workspace.write("workspace/artifacts/job_input.json", "{}");
      await workspace.write("logs/steps/step_777.json", "{}");
      const launch = {
        operation: "rollback",
        target: checkpoint,
        reason: "verify",
      } as const;
      await expect(carryOut({ ...launch, previewId: preview.previewId })).rejects.toMatchObject({
        code: "conflict",
        message: expect.stringContaining("has changed since") as string,
      });
      expect(await head()).toBe(third);

      const { previewId } = await client.request("tos.preview", { target: checkpoint });
      expect(await carryOut({ ...launch, previewId })).toMatchObject({ state: "ended", exitCode: 0 });
      expect(await head()).toBe(checkpoint);
      await expect(workspace.read("notes.txt")).rejects.toMatchObject({ code: "ENOENT" });
      const after = await until("the recovery", ({ repository }) => repository.recoveries.length > 0);
      const [recovery] = after.repository.recoveries;
      expect(recovery).toMatchObject({
        state: "done",
        from: { hash: third },
        toHash: checkpoint,
        reason: "verify",
      });

      const recoveryId = recovery?.recoveryId ?? "";
      const undo = await client.request("tos.preview", { recoveryId });
      expect(undo).toMatchObject({ operation: "undo", to: { hash: third }, obstacles: [] });
      const undone = {
        operation: "undo",
        recoveryId,
        previewId: undo.previewId,
        reason: "back",
      } as const;
      expect(await carryOut(undone)).toMatchObject({ state: "ended", exitCode: 0 });
      expect(await head()).toBe(third);
      expect(await workspace.read("notes.txt")).toBe("kept by nobody but a recovery\n");
      expect(await workspace.read("logs/steps/step_777.json")).toBe("{}");
    });

    it("makes a dirty tree clean by a stash of what was seen, and of nothing else", async () => {
      await workspace.write("README.md", "mine\n");
      const { treeDigest } = (await lookAnew()).repository;
      await workspace.write("README.md", "mine, and more\n");
      const launch = { operation: "stash", reason: "tidy" } as const;
      await expect(carryOut({ ...launch, treeDigest })).rejects.toMatchObject({ code: "conflict" });
      const seen = await lookAnew();
      expect(await carryOut({ ...launch, treeDigest: seen.repository.treeDigest })).toMatchObject({
        exitCode: 0,
      });
      expect(await gitIn(workspace.root, "status", "--porcelain")).toBe("");
      expect(await gitIn(workspace.root, "show", "stash@{0}:README.md")).toBe("mine, and more");
    });

    it("announces what runs report before what became of them, each entry once", async () => {
      // What a snapshot has told already may still be on its way as a message.
      const { runs } = await look();
      await waitUntil("the message of the newest run's end", () =>
        messages.some(
          (message) =>
            message.name === "tos.changed" &&
            message.payload.view?.runs.some((run) => run.runId === runs[0]?.runId && run.state === "ended"),
        ),
      );
      const told = messages.flatMap((message) =>
        message.name === "tos.progressed" ? [message.payload] : [],
      );
      const runIds = [...new Set(told.map(({ runId }) => runId))];
      expect(runIds.length).toBeGreaterThan(5);
      for (const runId of runIds) {
        const sequences = told
          .filter((one) => one.runId === runId)
          .flatMap(({ entries }) => entries.map(({ sequence }) => sequence));
        expect(sequences).toEqual(sequences.map((_, index) => index + 1));
        const lastWord = messages.findIndex(
          (message) =>
            message.name === "tos.progressed" &&
            message.payload.runId === runId &&
            message.payload.entries.at(-1)?.event.kind === "ended",
        );
        const outcome = messages.findIndex(
          (message) =>
            message.name === "tos.changed" &&
            message.payload.view?.runs.some((run) => run.runId === runId && run.state === "ended"),
        );
        expect(lastWord).toBeGreaterThanOrEqual(0);
        expect(outcome).toBeGreaterThan(lastWord);
      }
    });

    it("answers a bad request with the field, and an unknown run, step or commit with what was looked for", async () => {
      const attempts = [
        ["tos.progress", { runId: "../../secret" }, "invalid_request"],
        ["tos.progress", { runId: "20200101T000000Z-0000" }, "not_found"],
        ["tos.cancel", { runId: "20200101T000000Z-0000", reason: "r" }, "not_found"],
        ["tos.step", { file: "../step_001.json" }, "invalid_request"],
        ["tos.step", { file: "step_999.json" }, "not_found"],
        ["tos.preview", { target: "--upload-pack=x" }, "invalid_request"],
        ["tos.preview", { target: "no-such-commit" }, "conflict"],
        ["tos.preview", { target: "HEAD", recoveryId: "x" }, "invalid_request"],
        ["tos.diff", { from: "no-such-commit" }, "conflict"],
        ["tos.launch", { launch: { operation: "deploy" } }, "invalid_request"],
      ] as const;
      for (const [request, input, code] of attempts)
        expect([request, input, await bridge.transport.invoke(request, input)]).toMatchObject([
          request,
          input,
          { ok: false, error: { code, message: expect.stringMatching(/\S/) } },
        ]);
    });

    it("never lets a key cross, whatever is asked", async () => {
      await client.request("tos.failureReport", {});
      await client.request("tos.step", { file: "step_001.json" });
      await client.request("tos.diff", { from: "HEAD~1", to: "HEAD" });
      await client.request("tos.acknowledgeRunbook", {});
      expect(answers.length).toBeGreaterThan(20);
      expect(JSON.stringify(answers)).not.toContain(secret);
      expect(JSON.stringify(messages)).not.toContain(secret);
      expect(
        await gitIn(workspace.path, "grep", "--no-index", "--count", secret).catch(() => "nowhere"),
      ).toBe("nowhere");
    });
  });
}

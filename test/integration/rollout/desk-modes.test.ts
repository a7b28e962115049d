import { describe, expect, it, onTestFinished } from "vitest";
import type { RolloutDesk } from "../../../main/host/ports";
import { ownRunner } from "../../../main/host/program-root";
import { openRolloutDesk, type RolloutDeskOptions } from "../../../main/rollout/desk/rollout-desk";
import { systemClock } from "../../../main/system/clock";
import { openWorkspace } from "../../../main/workspace/workspace";
import { RolloutWorkspace } from "../../support/rollout/rollout-workspace";

async function openDesk(path: string, mode: RolloutDeskOptions["mode"]): Promise<RolloutDesk> {
  const workspace = await openWorkspace(path, systemClock);
  onTestFinished(() => workspace.dispose());
  return openRolloutDesk({
    workspace,
    mode,
    surfaces: new Map(),
    clock: systemClock,
    runner: ownRunner(),
    onProblem: (problem) => {
      throw new Error(problem);
    },
  });
}

/** One command, with a desk of its own, as a command line gives it. */
async function once<Value>(path: string, act: (desk: RolloutDesk) => Promise<Value>): Promise<Value> {
  const desk = await openDesk(path, "command");
  try {
    return await act(desk);
  } finally {
    await desk.close();
  }
}

async function createWorkspace(): Promise<RolloutWorkspace> {
  const workspace = await RolloutWorkspace.create({ soakMs: 600_000, checkIntervalMs: 60_000 });
  onTestFinished(() => workspace.remove());
  return workspace;
}

describe("a desk without a console", () => {
  it("counts the time between checks of one boot that were taken by different commands", async () => {
    const workspace = await createWorkspace();
    const { path } = workspace;
    const request = await workspace.startRequest();
    const { rollout } = await once(path, (desk) => desk.start(request));
    const rolloutId = rollout?.rolloutId ?? "";
    expect(rollout).toMatchObject({ checks: 0, nextCheckUnixMs: null });
    const check = () => once(path, (desk) => desk.command({ command: { command: "check", rolloutId } }));
    const revision = (await check()).rollout?.revision ?? 0;
    const promoted = await once(path, (desk) =>
      desk.command({
        command: { command: "promote", rolloutId, revision, reason: "preflight", freezeOverrideReason: null },
      }),
    );
    expect(promoted).toMatchObject({ outcome: "done", rollout: { status: "canary-1" } });
    await workspace.runSurfaces();
    expect((await check()).rollout?.lastCheck?.soak.outcome).toBe("started");
    const second = await check();
    expect(second.rollout?.lastCheck?.soak.outcome).toBe("counted");
    expect(second.rollout?.soak.creditedMs).toBeGreaterThan(0);
  });

  it("only reads where the workspace is in other hands", async () => {
    const workspace = await createWorkspace();
    const request = await workspace.startRequest();
    await once(workspace.path, (desk) => desk.start(request));
    const desk = await openDesk(workspace.path, "read");
    onTestFinished(() => desk.close());
    const { latest } = desk.state();
    expect(latest).toMatchObject({ status: "preflight", journal: { entries: 1 } });
    const rolloutId = latest?.rolloutId ?? "";
    expect(await desk.command({ command: { command: "check", rolloutId } })).toMatchObject({
      outcome: "refused",
      refusal: { code: "read-only" },
    });
    expect(await desk.start(request)).toMatchObject({ refusal: { code: "read-only" } });
    expect(desk.state().latest?.journal.entries).toBe(1);
  });
});

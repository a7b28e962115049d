import { readFile, rm, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { PercentHook } from "#contract/rollout/profile";
import { waitMs } from "../../support/limits";
import { DeskConsole } from "./desk-console";
import { eventsOf } from "./served-rollout";

/** A hook that notes each run with its environment, waits, and fails while a file `broken` stands beside it. */
const script = `
  const fs = require("fs");
  const { GATEHOUSE_PHASE: phase, GATEHOUSE_PERCENT: percent, GATEHOUSE_ATTEMPT: attempt } = process.env;
  fs.appendFileSync("runs", [phase, percent, attempt].join(" ") + "\\n");
  console.log("gave", percent);
  if (fs.existsSync("hang") && phase !== "rollback") setInterval(() => {}, 1000);
  else if (fs.existsSync("broken")) { console.error("no such pool"); process.exitCode = 3; }
`;
const hookOf = (changes: Partial<PercentHook> = {}): PercentHook => ({
  program: process.execPath,
  args: ["-e", script],
  cwd: ".",
  timeoutMs: waitMs,
  attempts: 2,
  retryDelayMs: 50,
  ...changes,
});
const running = (changes: Partial<PercentHook> = {}): Promise<DeskConsole> =>
  DeskConsole.running({ soakMs: 600_000, percentHook: hookOf(changes) });
const runsOf = async (desk: DeskConsole): Promise<string[]> =>
  (await readFile(desk.workspace.file("runs"), "utf8").catch(() => "")).split("\n").filter(Boolean);

describe("the percent hook of a rollout", () => {
  it("is told the phase and the percent on entering it, and lets the rollout go on", async () => {
    const desk = await running();
    await desk.start();
    await desk.promote();
    const view = await desk.until("the hook is done", ({ effects }) => effects[0]?.state === "done");
    expect(view.effects).toMatchObject([{ purpose: "canary-1", percent: 5, attempt: 1, output: "gave 5" }]);
    expect(await runsOf(desk)).toEqual(["canary-1 5 1"]);
    await desk.until("R-HOOK passes", ({ cells }) =>
      cells.some(({ rule, status }) => rule === "R-HOOK" && status === "passed"),
    );
  });

  it("is retried, holds the rollout once it failed for good, and is run again when an operator asks", async () => {
    const desk = await running();
    await writeFile(desk.workspace.file("broken"), "");
    await desk.start();
    await desk.promote();
    const failed = await desk.until("it failed for good", ({ effects }) => effects[0]?.state === "failed");
    expect(failed.effects).toMatchObject([{ attempt: 2, detail: "It ended with exit code 3" }]);
    expect(failed.effects[0]?.output).toContain("no such pool");
    expect(await runsOf(desk)).toEqual(["canary-1 5 1", "canary-1 5 2"]);
    await desk.until("R-HOOK holds", ({ findings }) => findings.some(({ rule }) => rule === "R-HOOK"));
    expect(await desk.decide("promote")).toMatchObject({ refusal: { code: "hook-not-done" } });
    expect(
      desk.messages.some(({ name, payload }) => name === "notice.raised" && payload.kind === "hook-failed"),
    ).toBe(true);

    await rm(desk.workspace.file("broken"));
    expect((await desk.decide("retry-hook")).outcome).toBe("done");
    const done = await desk.until("it is done", ({ effects }) => effects[0]?.state === "done");
    expect(done.effects).toMatchObject([{ attempt: 1 }]);
    expect(await runsOf(desk)).toHaveLength(3);
  });

  it("is ended when it takes too long", async () => {
    const desk = await running({ timeoutMs: 1_000, attempts: 1 });
    await writeFile(desk.workspace.file("hang"), "");
    await desk.start();
    await desk.promote();
    const view = await desk.until("it failed", ({ effects }) => effects[0]?.state === "failed");
    expect(view.effects[0]?.detail).toBe("It was ended because it took longer than 1000 ms");
  });

  it("gives way to a rollback, which is told only after it has ended", async () => {
    const desk = await running();
    await writeFile(desk.workspace.file("hang"), "");
    await desk.start();
    await desk.promote();
    await desk.until("it runs", async () => (await runsOf(desk)).length === 1);
    expect((await desk.decide("rollback")).outcome).toBe("done");
    const view = await desk.until("the rollback is told", ({ effects }) => effects[1]?.state === "done");
    expect(view.effects).toMatchObject([
      { purpose: "canary-1", state: "failed", detail: expect.stringContaining("newer percent") },
      { purpose: "rollback", percent: 0 },
    ]);
    expect(await runsOf(desk)).toEqual(["canary-1 5 1", "rollback 0 1"]);
    const types = (await eventsOf(desk.client, view.rolloutId)).map(({ type }) => type);
    expect(types.indexOf("effect-failed")).toBeLessThan(types.lastIndexOf("effect-attempted"));
  });
});

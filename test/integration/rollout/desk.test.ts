import { rename } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { BridgeError } from "#contract/envelope";
import { phaseIds } from "#contract/rollout/vocabulary";
import { rolloutViewSchema } from "#contract/rollout/view";
import { DeskConsole } from "./desk-console";

describe("the rollout desk", () => {
  it("takes a rollout from preflight to complete on checks of its own, and tells every change", async () => {
    const desk = await DeskConsole.running();
    expect((await desk.start()).outcome).toBe("done");
    const seen: string[] = [];
    for (const phase of phaseIds) {
      expect((await desk.view()).status).toBe(phase);
      seen.push((await desk.promote()).status);
    }
    expect(seen).toEqual([...phaseIds.slice(1), "complete"]);
    const view = rolloutViewSchema.parse(await desk.view());
    expect(view).toMatchObject({ status: "complete", percent: 100, ended: true, nextCheckUnixMs: null });
    for (const phase of view.phases.slice(1)) expect(phase.creditedMs).toBeGreaterThanOrEqual(300);

    const announced = desk.messages.flatMap((message) =>
      message.name === "rollout.changed" ? (message.payload.latest ?? []) : [],
    );
    expect(announced.at(-1)?.status).toBe("complete");
    expect(new Set(announced.map(({ status }) => status))).toEqual(new Set([...phaseIds, "complete"]));
    const { rolloutId } = view;
    const timeline = await desk.client.request("rollout.timeline", { rolloutId, limit: 500 });
    expect(timeline.entries.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: timeline.total }, (_, index) => timeline.total - index),
    );
    expect(timeline.total).toBe(view.journal.entries);
    const notable = await desk.client.request("rollout.timeline", {
      rolloutId,
      limit: 500,
      notableOnly: true,
    });
    expect(notable.total).toBeLessThan(timeline.total);
    const trends = await desk.client.request("rollout.trends", { rolloutId, maximumPoints: 20 });
    expect(trends.checks).toBe(view.checks);
    expect(trends.points.length).toBeLessThanOrEqual(20);
    const evidence = await desk.client.request("rollout.evidence", {
      rolloutId,
      rule: "G7",
      surface: "voice",
    });
    expect(evidence).toMatchObject({ rule: "G7", surface: "voice", check: view.checks, status: "passed" });
    const older = { rolloutId, rule: "G1", surface: null, check: 1 } as const;
    expect(await desk.client.request("rollout.evidence", older)).toMatchObject({
      check: 1,
      status: "passed",
    });
    expect((await desk.client.request("rollout.list", {})).rollouts).toMatchObject([
      { rolloutId, status: "complete", checks: view.checks },
    ]);
  });

  it("shows after reopening exactly what it showed before", async () => {
    const desk = await DeskConsole.running();
    await desk.start();
    await desk.promote();
    await desk.decide("abort");
    const before = await desk.view();
    await desk.close();
    const again = await DeskConsole.open(desk.workspace);
    expect(await again.view()).toEqual(before);
  });

  it("rolls back by itself when a trigger fires, and says so in a notice that opens its place", async () => {
    const desk = await DeskConsole.running({ soakMs: 600_000 });
    await desk.start();
    await desk.promote();
    await desk.until("a check of canary 1", ({ soak }) => soak.counting);
    await desk.workspace.runSurface("voice", {}, ["case_processing_failed"]);
    const view = await desk.until("the rollback", ({ status }) => status === "rolling_back");
    expect(view).toMatchObject({ percent: 0, nextCheckUnixMs: null, rollback: { trigger: "T3" } });
    const notices = desk.messages.flatMap((message) =>
      message.name === "notice.raised" && message.payload.kind === "trigger" ? message.payload : [],
    );
    expect(notices).toMatchObject([
      { place: `#/rollout/${view.rolloutId}?trigger=T3`, title: expect.stringContaining("T3") },
    ]);
    for (const command of ["promote", "resume", "abort", "rollback", "pause"] as const)
      expect(await desk.decide(command)).toMatchObject({
        outcome: "refused",
        refusal: { code: "rollout-ended" },
      });
  });

  it("refuses what may not be done now, with the state as it is", async () => {
    const desk = await DeskConsole.running({
      soakMs: 600_000,
      checkIntervalMs: 60_000,
      manualCheckDistanceMs: 60_000,
    });
    await desk.start();
    expect(await desk.start()).toMatchObject({
      outcome: "refused",
      refusal: { code: "rollout-active" },
      rollout: { status: "preflight" },
    });
    await desk.until("the first check", ({ checks }) => checks > 0);
    const { rolloutId, revision } = await desk.view();
    const check = { command: "check", rolloutId } as const;
    expect(await desk.client.request("rollout.command", { command: check })).toMatchObject({
      refusal: { code: "check-too-soon" },
    });
    expect(await desk.decide("resume")).toMatchObject({ outcome: "unchanged" });
    await desk.promote();
    expect(await desk.decide("promote")).toMatchObject({ outcome: "refused" });
    expect(
      await desk.client.request("rollout.command", {
        command: { command: "abort", rolloutId, revision, reason: "decided on an older state" },
      }),
    ).toMatchObject({ refusal: { code: "state-changed" }, rollout: { status: "canary-1" } });
    expect(await desk.decide("pause")).toMatchObject({ outcome: "done" });
    expect(await desk.decide("pause")).toMatchObject({ outcome: "unchanged" });
    const request = await desk.workspace.startRequest();
    expect(await desk.client.request("rollout.start", { ...request, profileId: "none" })).toMatchObject({
      refusal: { code: "unknown-profile" },
    });
    await desk.workspace.write(".gatehouse/profiles/broken.json", `{"schemaVersion":1}`);
    expect(await desk.client.request("rollout.start", { ...request, profileId: "broken" })).toMatchObject({
      refusal: {
        code: "invalid-profile",
        details: expect.arrayContaining([expect.stringContaining("broken.json")]),
      },
    });
    await expect(desk.client.request("rollout.view", { rolloutId: "../.." })).rejects.toMatchObject({
      code: "invalid_request",
    });
  });

  it("does exactly one of two commands that were decided on the same state", async () => {
    const desk = await DeskConsole.running({ soakMs: 600_000 });
    await desk.start();
    await desk.until("the first check", ({ checks }) => checks > 0);
    const outcomes = await Promise.all([desk.give("abort"), desk.give("pause"), desk.give("abort")]);
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(["done", "refused", "refused"]);
    for (const { refusal, rollout } of outcomes) {
      if (refusal) expect(["state-changed", "rollout-ended"]).toContain(refusal.code);
      expect(rollout?.rolloutId).toBeDefined();
    }
  });

  it("does nothing that it cannot write down, says so, and goes on once it can", async () => {
    const desk = await DeskConsole.running({ soakMs: 600_000, checkIntervalMs: 60_000 });
    await desk.start();
    const view = await desk.until("the first check", ({ checks }) => checks > 0);
    const path = desk.workspace.file(view.journal.path);
    await rename(path, `${path}.aside`);
    await expect(desk.give("pause")).rejects.toBeInstanceOf(BridgeError);
    expect(await desk.view()).toMatchObject({ paused: null, revision: view.revision });
    expect((await desk.view()).journal.problem).not.toBe("");
    expect(
      desk.messages.some(
        ({ name, payload }) => name === "notice.raised" && payload.kind === "journal-broken",
      ),
    ).toBe(true);
    await rename(`${path}.aside`, path);
    expect(await desk.decide("pause")).toMatchObject({ outcome: "done" });
    expect((await desk.view()).journal.problem).toBe("");
  });
});

import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import type { Observation } from "#contract/rollout/observation";
import { ObservedWorkspace } from "./observing";

const paths = {
  report: ".tau/live-run-unified/report.json",
  manifest: ".tau/live-run-unified/manifest.json",
  ci: ".gatehouse/evidence/ci.json",
  releaseChannel: ".gatehouse/evidence/release-channel.txt",
  checklist: ".gatehouse/evidence/signoff-checklist.json",
  control: ".tau/dashboard/control-state.json",
};

const line =
  "release channel: path=/w channel=stable source=store rollback_channel=stable rollback_version=0.1.0 rollback_reason=apply_upgrade rollback_reference_unix_ms=1\n";
const good: Record<keyof typeof paths, string> = {
  report: JSON.stringify({
    schema_version: 1,
    overall: { status: "passed", total_surfaces: 1, passed_surfaces: 1, failed_surfaces: 0 },
    surface_status: { voice: { status: "passed", exit_code: 0, artifact_count: 0, summary_line: "" } },
    failed_surfaces: [],
  }),
  manifest: JSON.stringify({
    schema_version: 1,
    started_unix_ms: 8,
    surfaces: [{ surface_id: "voice", command: ["sh"] }],
  }),
  ci: JSON.stringify({
    schemaVersion: 1,
    workflow: "live-smoke-matrix",
    commit: "7c1e5d2a9b",
    conclusion: "success",
  }),
  releaseChannel: line,
  checklist: JSON.stringify({
    schemaVersion: 1,
    items: [{ id: "a", checked: true, evidence: ["https://ci.example/1"] }],
  }),
  control: JSON.stringify({ schema_version: 1, mode: " Paused " }),
};

async function withEvidence(): Promise<ObservedWorkspace> {
  const observed = await ObservedWorkspace.open();
  for (const [name, path] of Object.entries(paths))
    await observed.write(path, good[name as keyof typeof paths]);
  return observed;
}

/** Status of each source, and the problem that is told of it. */
function told({
  harness,
  ci,
  releaseChannel,
  checklist,
  control,
}: Observation): Record<keyof typeof paths, string> {
  const of = ({ status, problem }: { status: string; problem: string }): string =>
    `${status} ${problem}`.trim();
  return {
    report: of(harness),
    manifest: harness.manifestProblem === "" ? "ok" : harness.manifestProblem,
    ci: of(ci),
    releaseChannel: of(releaseChannel),
    checklist: of(checklist),
    control: of(control),
  };
}

const names = Object.keys(paths) as (keyof typeof paths)[];

describe("evidence from files", () => {
  it("is read from where the profile says", async () => {
    const observation = await (await withEvidence()).observe();
    expect(Object.values(told(observation))).toEqual(Array(6).fill("ok"));
    expect(observation).toMatchObject({
      harness: {
        path: paths.report,
        surfaceIds: ["voice"],
        startedUnixMs: 8,
        manifestRecord: { path: paths.manifest },
      },
      ci: { path: paths.ci, conclusion: "success" },
      releaseChannel: {
        path: paths.releaseChannel,
        rollbackVersion: "0.1.0",
        record: { line: 1, byteOffset: 0 },
      },
      checklist: { path: paths.checklist, items: [{ id: "a", checked: true }] },
      control: { path: paths.control, mode: "paused" },
    });
  });

  it("is missing where there is none, and the dashboard runs then", async () => {
    const observation = await (await ObservedWorkspace.open()).observe();
    for (const [name, text] of Object.entries(told(observation)))
      expect(text).toContain(`${paths[name as keyof typeof paths]} does not exist`);
    expect(observation).toMatchObject({
      harness: { startedUnixMs: null },
      control: { status: "missing", mode: "running" },
    });
  });

  it.each(names)("is read afresh at every check: %s", async (name) => {
    const observed = await withEvidence();
    await observed.observe();
    await rm(observed.path(paths[name]));
    const without = await observed.observe();
    expect(told(without)[name]).toContain("does not exist");
    await observed.write(paths[name], good[name]);
    expect(told(await observed.observe())[name]).toBe("ok");
  });

  it.each(names)("that is malformed spoils nothing else: %s", async (name) => {
    const observed = await withEvidence();
    for (const bad of [
      "",
      "[]",
      '{"schema_version": 1',
      "null",
      "\0",
      Buffer.from([0xc3]),
      Buffer.alloc(17 * 1_048_576),
    ]) {
      await observed.write(paths[name], bad);
      const seen = told(await observed.observe());
      expect(seen[name]).toContain(`${paths[name]}: `);
      const others = Object.entries(seen).filter(([other]) => other !== name);
      expect(others.map(([, text]) => text)).toEqual(Array(5).fill("ok"));
    }
  });

  it.each(names)("that is no file is told without waiting for it: %s", async (name) => {
    const observed = await withEvidence();
    await rm(observed.path(paths[name]));
    await execa("mkfifo", [observed.path(paths[name])]);
    expect(told(await observed.observe())[name]).toContain(`${paths[name]}: it is not a regular file`);
    await rm(observed.path(paths[name]));
    await mkdir(observed.path(paths[name]));
    expect(told(await observed.observe())[name]).toContain(
      `${paths[name]}: it is a directory, expected a file`,
    );
  });

  it("cannot be known where the folder is a file", async () => {
    const observed = await ObservedWorkspace.open();
    await writeFile(join(observed.workspace.path, ".gatehouse/evidence"), "");
    const { ci } = await observed.observe();
    expect(ci).toMatchObject({
      status: "unreadable",
      problem: expect.stringContaining("a part of its path is a file"),
    });
  });
});

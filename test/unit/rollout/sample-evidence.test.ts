import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  checklistEvidenceSchema,
  ciEvidenceSchema,
  harnessEvidenceSchema,
  releaseChannelEvidenceSchema,
} from "#contract/rollout/observation";
import { proposedCandidate } from "../../../main/domain/rollout/sample/candidate-file";
import { checklistEvidence } from "../../../main/domain/rollout/sample/checklist-evidence";
import { ciEvidence } from "../../../main/domain/rollout/sample/ci-evidence";
import { controlEvidence } from "../../../main/domain/rollout/sample/control-evidence";
import { harnessEvidence } from "../../../main/domain/rollout/sample/harness-evidence";
import { releaseChannelEvidence } from "../../../main/domain/rollout/sample/release-channel-evidence";
import type { Source } from "../../../main/domain/rollout/sample/source";

const text = (content: unknown, path = "evidence.json"): Source => ({
  kind: "text",
  path,
  text: typeof content === "string" ? content : JSON.stringify(content),
  modifiedUnixMs: 7_000,
});
const missing: Source = { kind: "missing", path: "evidence.json" };
const unreadable: Source = {
  kind: "unreadable",
  path: "evidence.json",
  problem: "permission denied (EACCES)",
};
const shipped = (name: string): string =>
  readFileSync(`fixtures/rehearsal/tau/live-run-unified/${name}`, "utf8");

/** What every reader says of a file that is not there, cannot be read, is empty, or is not JSON. */
const useless: [string, Source, string, string][] = [
  ["missing", missing, "missing", "evidence.json does not exist"],
  ["without permission", unreadable, "unreadable", "evidence.json: permission denied (EACCES)"],
  ["empty", text(""), "unreadable", "evidence.json: the file is empty, expected a JSON object"],
  [
    "half written",
    text('{"schema_version": 1, "over'),
    "unreadable",
    "evidence.json: not JSON: string without an end at line 1 column 28",
  ],
  [
    "given a key twice",
    text('{"mode": "running", "mode": "paused"}'),
    "unreadable",
    'evidence.json: not JSON: duplicate key "mode" at line 1 column 27',
  ],
];

describe.each(useless)("a file that is %s", (_name, source, status, problem) => {
  it("is no evidence, and says why", () => {
    const sourced = { status, problem, path: "evidence.json" };
    expect(ciEvidence(source)).toEqual({ ...sourced, commit: "", conclusion: "", record: null });
    expect(controlEvidence(source)).toEqual({ ...sourced, mode: "running", record: null });
    expect(checklistEvidence(source)).toEqual({ ...sourced, items: [] });
    expect(harnessEvidence(source, missing)).toMatchObject({ ...sourced, overall: null, reportRecord: null });
    expect(harnessEvidence(text(shipped("report.json")), source)).toMatchObject({
      status: "ok",
      manifestProblem: problem,
      commands: [],
      // Without a manifest the run is as old as its report.
      startedUnixMs: 7_000,
      manifestRecord: null,
    });
    expect(proposedCandidate(source)).toEqual({
      candidate: null,
      problem: status === "missing" ? "" : problem,
    });
  });
});

describe("harness report and manifest", () => {
  it("are read as the harness writes them, extra keys and all", () => {
    const evidence = harnessEvidence(text(shipped("report.json"), "r"), text(shipped("manifest.json"), "m"));
    expect(harnessEvidenceSchema.parse(evidence)).toEqual(evidence);
    expect(evidence).toMatchObject({
      status: "ok",
      overall: { status: "passed", total_surfaces: 5, passed_surfaces: 5, failed_surfaces: 0 },
      surfaceIds: ["voice", "browser", "dashboard", "custom-command", "memory"],
      startedUnixMs: 1_771_000_600_000,
      manifestProblem: "",
      reportRecord: { path: "r", line: 1, byteOffset: 0 },
      manifestRecord: { path: "m", line: 1, byteOffset: 0 },
    });
    expect(evidence.commands.map(({ surfaceId }) => surfaceId)).toEqual(evidence.surfaceIds);
    for (const { command } of evidence.commands)
      expect(command.slice(-3)).toEqual(["--skip-build", "--timeout-seconds", "180"]);
  });

  it.each([
    [{ schema_version: 2 }, /schema_version: .*expected 1/],
    [{ overall: { status: "passed" } }, /overall\.total_surfaces: /],
    [{ surface_status: [] }, /surface_status: /],
    [
      { overall: { status: "passed", total_surfaces: -5, passed_surfaces: 5, failed_surfaces: 0 } },
      /overall\.total_surfaces/,
    ],
  ])("a report with %j names the field", (change, problem) => {
    const report = { ...(JSON.parse(shipped("report.json")) as object), ...change };
    expect(harnessEvidence(text(report), missing)).toMatchObject({
      status: "unreadable",
      problem: expect.stringMatching(problem),
      overall: null,
    });
  });

  it("a manifest whose command is not a list names the surface", () => {
    const manifest = {
      schema_version: 1,
      started_unix_ms: 1,
      surfaces: [{ surface_id: "voice", command: "sh" }],
    };
    expect(harnessEvidence(text(shipped("report.json")), text(manifest)).manifestProblem).toMatch(
      /surfaces\[0\]\.command: /,
    );
  });
});

describe("CI", () => {
  const file = {
    schemaVersion: 1,
    workflow: "live-smoke-matrix",
    commit: "7c1e5d2a9b",
    conclusion: "skipped",
  };

  it("gives the conclusion as it stands", () => {
    const evidence = ciEvidence(text(file));
    expect(ciEvidenceSchema.parse(evidence)).toEqual(evidence);
    expect(evidence).toMatchObject({ status: "ok", commit: "7c1e5d2a9b", conclusion: "skipped" });
    expect(evidence.record?.text).toBe(JSON.stringify(file));
  });

  it.each([
    [{ workflow: "quality-linux" }, /workflow: /],
    [{ conclusion: true }, /conclusion: /],
    [{ commit: "7c1" }, /commit: /],
    [{ schemaVersion: "1" }, /schemaVersion: /],
  ])("refuses %j by field", (change, problem) => {
    expect(ciEvidence(text({ ...file, ...change })).problem).toMatch(problem);
  });
});

describe("the dashboard's pause", () => {
  it.each([
    ["paused", "paused"],
    [" PAUSED\n", "paused"],
    ["running", "running"],
    ["stopped", "running"],
    ["", "running"],
  ])("mode %j is %s", (mode, expected) => {
    expect(controlEvidence(text({ schema_version: 1, mode }))).toMatchObject({
      status: "ok",
      mode: expected,
    });
  });

  it.each([[{}], [{ mode: null }], [[]], ["paused"]])("is not known from %j", (content) => {
    expect(controlEvidence(text(JSON.stringify(content)))).toMatchObject({
      status: "unreadable",
      problem: expect.stringMatching(/mode: |the document: /),
    });
  });
});

describe("the release channel", () => {
  const line = (version: string): string =>
    `release channel: path=/é w/release-channel.json channel=stable source=store rollback_channel=stable rollback_version=${version} rollback_reason=apply_upgrade rollback_reference_unix_ms=1`;

  it("is what the last show line says, with its place in bytes", () => {
    const transcript = `Welcome – ä\n> ${line("0.1.0")}\r\nrelease channel check: path=/w channel=stable\n> ${line("0.2.0")}\r\n> /quit\n`;
    const evidence = releaseChannelEvidence(text(transcript, "show.txt"));
    expect(releaseChannelEvidenceSchema.parse(evidence)).toEqual(evidence);
    expect(evidence).toMatchObject({ status: "ok", channel: "stable", rollbackVersion: "0.2.0" });
    const record = evidence.record;
    expect(record).toMatchObject({ path: "show.txt", line: 4, text: `> ${line("0.2.0")}` });
    const bytes = Buffer.from(transcript).subarray(record?.byteOffset ?? 0);
    expect(bytes.toString().startsWith(`> ${line("0.2.0")}`)).toBe(true);
  });

  it("is not known without such a line, or from a last one that is cut off", () => {
    for (const empty of ["", "\n", "\n\n/quit", "release channel error: path=/w error=bad"])
      expect(releaseChannelEvidence(text(empty))).toMatchObject({
        status: "unreadable",
        problem: expect.stringContaining("expected a line of /release-channel show"),
        record: null,
      });
    expect(releaseChannelEvidence(text(`${line("0.1.0")}\n${line("0.2.0").slice(0, 60)}\n`))).toMatchObject({
      status: "unreadable",
      problem: expect.stringContaining("line 2: expected path, channel"),
      rollbackVersion: "",
      record: { line: 2 },
    });
    expect(releaseChannelEvidence(missing).status).toBe("missing");
    expect(releaseChannelEvidence(unreadable).problem).toContain("permission denied");
  });
});

describe("the checklist", () => {
  const item = (id: string) => ({ id, checked: true, evidence: ["https://ci.example/1"] });

  it("gives every item its own place", () => {
    const content = JSON.stringify(
      { releaseId: "é", schemaVersion: 1, items: [item("a"), item("b")] },
      null,
      2,
    );
    const evidence = checklistEvidence(text(content));
    expect(checklistEvidenceSchema.parse(evidence)).toEqual(evidence);
    expect(evidence.items.map(({ id, record }) => [id, record.line])).toEqual([
      ["a", 5],
      ["b", 12],
    ]);
    for (const { id, record } of evidence.items) {
      const bytes = Buffer.from(content).subarray(record.byteOffset ?? 0);
      expect(bytes.toString().startsWith(record.text)).toBe(true);
      expect(JSON.parse(record.text)).toEqual(item(id));
    }
  });

  it.each([
    [
      { items: [item("a"), item("b"), item("a")] },
      /items\[2\]\.id: expected each item once, found "a" twice/,
    ],
    [{ items: [{ ...item("a"), checked: "yes" }] }, /items\[0\]\.checked: /],
    [{ items: [{ ...item("a"), evidence: "link" }] }, /items\[0\]\.evidence: /],
    [{ items: {} }, /items: /],
  ])("refuses %j by field", (change, problem) => {
    expect(checklistEvidence(text({ schemaVersion: 1, ...change }))).toMatchObject({
      status: "unreadable",
      problem: expect.stringMatching(problem),
      items: [],
    });
  });
});

describe("the proposed candidate", () => {
  const file = { schemaVersion: 1, version: "2.8.0", commit: "7c1e5d2a9b", createdUnixMs: 5 };

  it("is read without the file's own version", () => {
    const { schemaVersion: _, ...candidate } = file;
    expect(proposedCandidate(text(file))).toEqual({ candidate, problem: "" });
  });

  it.each([
    [{ commit: "main" }, /commit: expected a git commit hash/],
    [{ version: " " }, /version: /],
    [{ createdUnixMs: -1 }, /createdUnixMs: /],
    [{ branch: "main" }, /the document: /],
  ])("refuses %j by field", (change, problem) => {
    expect(proposedCandidate(text({ ...file, ...change }))).toEqual({
      candidate: null,
      problem: expect.stringMatching(problem),
    });
  });
});

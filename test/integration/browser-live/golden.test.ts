import { createHash } from "node:crypto";
import { copyFile, readFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { goldenFolder, normaliseTimes, readTree, Workbench } from "./workbench";

let bench: Workbench;

beforeEach(async () => {
  bench = await Workbench.create();
  await copyFile(path.join(goldenFolder, "script.json"), bench.path("script.json"));
});
afterEach(() => bench.remove());

async function expectGolden(name: string, text: string): Promise<void> {
  await expect(normaliseTimes(text, bench.folder)).toMatchFileSnapshot(path.join(goldenFolder, name));
}

describe("golden live run (spec/tau/live-run.md §4)", () => {
  it("writes summary, events, channel store and artifacts word for word", async () => {
    const run = await bench.runFiles({ fixturePath: path.join(goldenFolder, "fixture.json") });
    expect(run).toMatchObject({ error: null, warnings: [] });
    await expectGolden("stdout.txt", run.out.join("\n"));
    await expectGolden("browser-live-summary.json", await bench.text("summary.json"));
    const files = await readTree(bench.path("state"));
    const tree = Object.entries(files).map(([name, text]) => `=== ${name}\n${text}`);
    await expectGolden("state.txt", tree.join(""));

    expect(JSON.parse(await bench.text("summary.json"))).toMatchObject({
      discovered_cases: 3,
      success_cases: 3,
      malformed_cases: 0,
      retryable_failures: 0,
      artifact_records: 8,
      timeline: [
        { status_code: 200, artifact_types: ["dom_snapshot", "screenshot", "trace"] },
        { status_code: 200, artifact_types: ["dom_snapshot", "screenshot", "trace"] },
        { status_code: 200, artifact_types: ["screenshot", "trace"] },
      ],
      reason_codes: ["artifact_persisted"],
      health_state: "healthy",
    });
  });

  it("indexes each artifact with its size, checksum, identifier and expiry", async () => {
    await bench.runFiles({ fixturePath: path.join(goldenFolder, "fixture.json"), retentionDays: 2 });
    const channel = "state/channel-store/channels/browser-automation/live";
    const lines = (await bench.text(channel, "artifacts/index.jsonl")).trimEnd().split("\n");
    expect(lines).toHaveLength(8);
    for (const line of lines) {
      const record = JSON.parse(line);
      const content = await readFile(bench.path(channel, record.relative_path));
      const sha256 = (value: string | Buffer) => createHash("sha256").update(value).digest("hex");
      const seed = `${record.run_id}:${record.artifact_type}:${record.created_unix_ms}:live`;
      expect(content.at(-1)).toBe(0x0a);
      expect(record).toMatchObject({
        id: `artifact-${record.created_unix_ms}-${sha256(seed).slice(0, 8)}`,
        bytes: content.byteLength,
        checksum_sha256: sha256(content),
        visibility: "private",
        expires_unix_ms: record.created_unix_ms + 2 * 86_400_000,
      });
    }
  });

  it("keeps artifacts for ever without a retention", async () => {
    await bench.runFiles({ fixturePath: path.join(goldenFolder, "fixture.json"), retentionDays: null });
    const index = await bench.text(
      "state/channel-store/channels/browser-automation/live/artifacts/index.jsonl",
    );
    expect(index.match(/"expires_unix_ms":null/g)).toHaveLength(8);
  });

  it("starts and ends one session, and hands over requests as the protocol says", async () => {
    await bench.runFiles({ fixturePath: path.join(goldenFolder, "fixture.json") });
    const calls = await bench.calls();
    expect(calls.map((call) => call.subcommand)).toEqual([
      "start-session",
      "execute-action",
      "execute-action",
      "execute-action",
      "shutdown-session",
    ]);
    expect(JSON.stringify(calls[3]?.request)).toBe(
      '{"operation":"action","action":"click","url":"","selector":"#run","text":"go","action_repeat_count":1,"timeout_ms":1000}',
    );
    expect(new Set(calls.map((call) => call.sessionFile)).size).toBe(1);
  });
});

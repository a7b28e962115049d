import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { filesBelow } from "../runner/cycle-harness";
import { temporaryFolder } from "../../support/temporary-folder";
import { gatehouse } from "./gatehouse";

const channelPath = ".tau/channel-store/channels/telegram/ops";

async function damagedChannel(): Promise<string> {
  const cwd = await temporaryFolder();
  const folder = join(cwd, channelPath);
  await mkdir(join(folder, "artifacts", "run"), { recursive: true });
  await mkdir(join(folder, "attachments"));
  const log = { timestamp_unix_ms: 1, direction: "system", event_key: null, source: "s", payload: {} };
  const artifact = (id: string, expires_unix_ms: number | null, relative_path = `artifacts/run/${id}.txt`) =>
    JSON.stringify({
      id,
      run_id: "run",
      artifact_type: "report",
      visibility: "private",
      relative_path,
      bytes: 2,
      checksum_sha256: "00",
      created_unix_ms: 1,
      expires_unix_ms,
    });
  await writeFile(
    join(folder, "schema.json"),
    '{"schema_version":1,"transport":"telegram","channel_id":"ops"}',
  );
  await writeFile(
    join(folder, "log.jsonl"),
    Buffer.concat([Buffer.from(`${JSON.stringify(log)}\n\nnot json\n`), Buffer.from([0xff, 0x0a])]),
  );
  await writeFile(
    join(folder, "context.jsonl"),
    '{"timestamp_unix_ms":1,"role":"system","text":"x"}\n{"role":1}',
  );
  await writeFile(
    join(folder, "artifacts", "index.jsonl"),
    `${artifact("old", 5)}\n${artifact("kept", null)}\n${artifact("escape", 5, "../../../../../../outside.txt")}\n`,
  );
  for (const name of ["old", "kept"]) await writeFile(join(folder, "artifacts", "run", `${name}.txt`), "x\n");
  await writeFile(join(folder, "MEMORY.md"), "# Tau\n");
  await writeFile(join(cwd, "outside.txt"), "not ours");
  return cwd;
}

test("an inspection opens, and thus creates, a channel", async () => {
  const cwd = await temporaryFolder();
  const ran = await gatehouse(cwd, ["--channel-store-inspect", "dashboard/operator:ops/1"]);
  const directory = ".tau/channel-store/channels/dashboard/operator_ops_1";
  expect(ran).toEqual({
    exitCode: 0,
    stderr: "",
    stdout: `channel store inspect: transport=dashboard channel_id=operator:ops/1 dir=${directory} log_records=0 context_records=0 invalid_log_lines=0 invalid_context_lines=0 artifact_records=0 invalid_artifact_lines=0 active_artifacts=0 expired_artifacts=0 memory_exists=false memory_bytes=0\n`,
  });
  expect(filesBelow(join(cwd, directory))).toEqual({
    "schema.json":
      '{\n  "schema_version": 1,\n  "transport": "dashboard",\n  "channel_id": "operator:ops/1"\n}\n',
    "log.jsonl": "",
    "context.jsonl": "",
    "attachments/index.jsonl": "",
    "artifacts/index.jsonl": "",
  });
  const other = await gatehouse(cwd, ["--channel-store-inspect", "dashboard/operator_ops_1"]);
  expect(other.exitCode).toBe(1);
  expect(other.stderr).toMatch(/schema mismatch/);
});

test("repair sets invalid lines aside, removes expired artifacts, and touches nothing outside the channel", async () => {
  const cwd = await damagedChannel();
  const inspect = ["--channel-store-inspect", "telegram/ops"];
  const figures = (log: number, context: number, artifacts: string) =>
    `channel store inspect: transport=telegram channel_id=ops dir=${channelPath} log_records=1 context_records=1 invalid_log_lines=${log} invalid_context_lines=${context} ${artifacts} memory_exists=true memory_bytes=6\n`;
  expect((await gatehouse(cwd, inspect)).stdout).toBe(
    figures(2, 1, "artifact_records=2 invalid_artifact_lines=1 active_artifacts=1 expired_artifacts=1"),
  );
  const repaired = await gatehouse(cwd, ["--channel-store-repair", "telegram/ops"]);
  expect(repaired).toMatchObject({ exitCode: 0, stderr: "" });
  expect(repaired.stdout).toMatch(
    /^channel store repair: transport=telegram channel_id=ops dir=\S+ log_removed_lines=2 log_backup_path=\S+\/log\.\d+\.corrupt context_removed_lines=1 context_backup_path=\S+\/context\.\d+\.corrupt artifact_removed_lines=1 artifact_backup_path=\S+\/index\.\d+\.corrupt expired_artifacts_removed=1\n$/,
  );
  expect((await gatehouse(cwd, inspect)).stdout).toBe(
    figures(0, 0, "artifact_records=1 invalid_artifact_lines=0 active_artifacts=1 expired_artifacts=0"),
  );
  const folder = join(cwd, channelPath);
  expect(await readdir(join(folder, "artifacts", "run"))).toEqual(["kept.txt"]);
  expect(await readFile(join(cwd, "outside.txt"), "utf8")).toBe("not ours");
  const corrupt = (await readdir(folder)).find((name) => /^log\.\d+\.corrupt$/.test(name)) ?? "";
  expect(await readFile(join(folder, corrupt))).toEqual(
    Buffer.concat([Buffer.from("not json\n"), Buffer.from([0xff, 0x0a])]),
  );
});

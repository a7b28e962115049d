import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { describeError } from "#domain/contract-error";
import { temporaryFolder } from "../../support/temporary-folder";
import {
  filesBelow,
  fixtureFile,
  goldenRoot,
  runCycleOf,
  type CycleRequest,
  type Surface,
} from "./cycle-harness";

async function refusalOf(request: CycleRequest): Promise<string> {
  return await runCycleOf(request).then(
    () => "accepted",
    (error: unknown) => describeError(error),
  );
}

/** A fixture of the repository with some of its text changed. */
async function changedFixture(surface: Surface, name: string, from: string, to: string): Promise<string> {
  const text = readFileSync(fixtureFile(surface, name), "utf8");
  expect(text).toContain(from);
  const file = path.join(await temporaryFolder(), "changed.json");
  writeFileSync(file, text.replace(from, to));
  return file;
}

const drifts: readonly (readonly [Surface, string, string, string, string])[] = [
  [
    "voice",
    "rollout-pass",
    '"utterance": "summarize open orders"',
    '"utterance": "else"',
    "expected response_body",
  ],
  [
    "voice",
    "rollout-pass",
    '"status_code": 202',
    '"status_code": 200',
    "expected status_code 200 but observed 202",
  ],
  ["browser-automation", "single-success", '"name": "Docs"', '"name": "Manual"', "expected response_body"],
  [
    "browser-automation",
    "single-success",
    '"outcome": "success"',
    '"outcome": "retryable_failure"',
    "expected outcome retryable_failure but observed success",
  ],
  [
    "browser-automation",
    "unsafe-denied",
    "_unsafe_operation",
    "_invalid_url",
    "expected error_code browser_automation_invalid_url but observed browser_automation_unsafe_operation",
  ],
  ["dashboard", "snapshot-layout", '"title": "Queue Depth"', '"title": "Queue"', "expected widgets"],
  [
    "dashboard",
    "snapshot-layout",
    "dashboard-control:resume:control-resume-streams",
    "dashboard-control:x",
    "expected audit_event_key",
  ],
  ["custom-command", "rollout-pass", '"status": "accepted"', '"status": "done"', "expected response_body"],
  ["memory", "retrieve-ranking", '"retrieval_limit": 2', '"retrieval_limit": 1', "expected entries"],
];

test.each(drifts)(
  "%s %s: drift after %s became %s ends the cycle and leaves no trace",
  async (surface, name, from, to, message) => {
    const fixturePath = await changedFixture(surface, name, from, to);
    const folder = await temporaryFolder();
    const stateDir = path.join(folder, "new", "state");
    expect(await refusalOf({ surface, fixturePath, stateDir })).toContain(message);
    expect(filesBelow(folder)).toEqual({});
    expect(await refusalOf({ surface, fixturePath, stateDir: folder })).toContain(message);
    expect(filesBelow(folder)).toEqual({});
  },
);

test("drift in a later cycle leaves the earlier ones' files as they were", async () => {
  const stateDir = await temporaryFolder();
  await runCycleOf({ surface: "voice", fixturePath: fixtureFile("voice", "mixed-outcomes"), stateDir });
  const before = filesBelow(stateDir);
  const fixturePath = await changedFixture("voice", "rollout-pass", "hey Tau are", "hey are");
  expect(await refusalOf({ surface: "voice", fixturePath, stateDir })).toContain(
    "expected outcome success but observed malformed_input",
  );
  expect(filesBelow(stateDir)).toEqual(before);
});

test("a fixture that is missing, a folder, not UTF-8 or invalid is named", async () => {
  const folder = await temporaryFolder();
  const stateDir = path.join(folder, "state");
  const file = (name: string, bytes: string | Uint8Array) => {
    writeFileSync(path.join(folder, name), bytes);
    return path.join(folder, name);
  };
  const refusals: readonly (readonly [string, string])[] = [
    [path.join(folder, "none.json"), `failed to read fixture ${path.join(folder, "none.json")}: ENOENT`],
    [folder, `failed to read fixture ${folder}: expected a regular file`],
    [file("latin.json", Buffer.from([0x7b, 0xff])), "latin.json: stream did not contain valid UTF-8"],
    [file("list.json", "[]"), "invalid fixture"],
  ];
  for (const [fixturePath, message] of refusals) {
    expect(await refusalOf({ surface: "voice", fixturePath, stateDir })).toContain(message);
  }
  expect(Object.keys(filesBelow(folder)).filter((name) => name.startsWith("state"))).toEqual([]);
});

test.each([
  ["queueLimit", 0],
  ["processedCaseCap", 0],
  ["retryMaxAttempts", 0],
  ["retryBaseDelayMs", -1],
  ["queueLimit", 1.5],
])("a limit of %s = %d is refused", async (name, value) => {
  const stateDir = path.join(await temporaryFolder(), "state");
  const request = { surface: "voice", fixturePath: fixtureFile("voice", "rollout-pass"), stateDir } as const;
  expect(await refusalOf({ ...request, limits: { [name]: value } })).toContain(
    `${name}: expected an integer`,
  );
});

test.each([
  ["not JSON", "{"],
  ["of another shape", '{"schema_version":1,"interactions":{}}'],
  ["of another schema", '{"schema_version":2}'],
  ["with a key twice", '{"schema_version":1,"schema_version":1}'],
])("a state file that is %s is warned of and replaced", async (_what, text) => {
  const stateDir = await temporaryFolder();
  writeFileSync(path.join(stateDir, "state.json"), text);
  const fixturePath = fixtureFile("voice", "rollout-pass");
  const { warnings } = await runCycleOf({ surface: "voice", fixturePath, stateDir });
  expect(warnings).toEqual([
    expect.stringMatching(/^voice runner: failed to use state file .*state\.json \(.*\); starting fresh$/),
  ]);
  const golden = filesBelow(path.join(goldenRoot, "voice-rollout-pass"));
  expect(filesBelow(stateDir)["state.json"]).toBe(golden["state.json"]);
});

test("places on the disk where nothing can be written are refused before anything is", async () => {
  const folder = await temporaryFolder();
  const request = { surface: "voice", fixturePath: fixtureFile("voice", "rollout-pass") } as const;
  writeFileSync(path.join(folder, "file"), "");
  expect(await refusalOf({ ...request, stateDir: path.join(folder, "file") })).toContain(
    "failed to create state directory",
  );
  const blocked = path.join(folder, "blocked");
  mkdirSync(path.join(blocked, "runtime-events.jsonl"), { recursive: true });
  expect(await refusalOf({ ...request, stateDir: blocked })).toContain(
    "runtime-events.jsonl: expected a regular file",
  );
  expect(filesBelow(blocked)).toEqual({});
  const odd = path.join(folder, "odd");
  mkdirSync(odd);
  writeFileSync(path.join(odd, "channel-store"), "in the way");
  expect(await refusalOf({ ...request, stateDir: odd })).toContain("channel-store");
  expect(filesBelow(odd)).toEqual({ "channel-store": "in the way" });
});

test("a channel folder that belongs to another id, or is no channel, is refused", async () => {
  const stateDir = await temporaryFolder();
  const fixturePath = fixtureFile("memory", "retrieve-ranking");
  const channel = path.join(stateDir, "channel-store/channels/memory/telegram_ops");
  mkdirSync(channel, { recursive: true });
  const schema = (text: string) => writeFileSync(path.join(channel, "schema.json"), text);
  schema('{"schema_version":1,"transport":"memory","channel_id":"telegram/ops"}');
  expect(await refusalOf({ surface: "memory", fixturePath, stateDir })).toContain(
    "schema mismatch in channel-store/channels/memory/telegram_ops: it belongs to 'telegram/ops', not 'telegram:ops'",
  );
  schema('{"schema_version":1,"transport":"voice","channel_id":"telegram:ops"}');
  expect(await refusalOf({ surface: "memory", fixturePath, stateDir })).toContain("it belongs to 'voice'");
  schema("{");
  expect(await refusalOf({ surface: "memory", fixturePath, stateDir })).toContain(
    "failed to parse channel schema",
  );
  expect(Object.keys(filesBelow(stateDir))).toEqual([
    "channel-store/channels/memory/telegram_ops/schema.json",
  ]);
});

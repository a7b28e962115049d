import fc from "fast-check";
import { expect, test } from "vitest";
import { parsePythonJson } from "#domain/tos/orchestration/python-json";
import { rounds } from "../../../support/depth";
import { configText, filesOf } from "../../../support/tos/base-script";
import { scriptedSettings } from "../../../support/tos/bash-script";
import { playRun, scriptedProgramsForFile, type RunScript } from "../../../support/tos/orchestrated-run";

const programs = scriptedProgramsForFile();
const numRuns = rounds(12, 60);

/**
 * Whatever comes in: the run ends with 0 and a summary, or with 1 and a last line that names what it died of (`blamed`);
 * every document it wrote is whole.
 */
async function expectSoundEnd(script: RunScript, blamed: RegExp): Promise<void> {
  const run = await playRun(script, programs());
  expect([0, 1]).toContain(run.exitCode);
  for (const [path, bytes] of run.tree) {
    const given = script.files?.get(path);
    if (given !== undefined && Buffer.compare(given, bytes) === 0) continue;
    // Python's JSON knows NaN and the infinities, so JavaScript's cannot read every document.
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    expect(parsePythonJson(text)).toBeInstanceOf(Map);
  }
  if (run.exitCode === 0) expect(run.tree.has("logs/phase_summary.json")).toBe(true);
  else expect(run.stderr.at(-1)).toMatch(blamed);
  for (const line of run.stderr) expect(line).not.toMatch(programmingMistake);
}

const programmingMistake = /TypeError|RangeError|is not a function|Cannot read|undefined/;

const json = fc.json({ maxDepth: 3, stringUnit: "binary" });
/** Replies as models give them: any JSON, in any wrapping, or no JSON at all. */
const reply = fc.oneof(
  json,
  json.map((text) => `Here you are:\n\`\`\`json\n${text}\n\`\`\`\n`),
  fc.string({ unit: "binary", maxLength: 200 }),
);
const command = fc.oneof(
  fc.record({
    type: fc.oneof(fc.constantFrom("bash", "python", "Powershell"), fc.jsonValue()),
    code: fc.oneof(fc.string({ unit: "binary" }), fc.jsonValue()),
  }),
  fc.jsonValue(),
);
const finalReply = fc.oneof(
  reply,
  fc
    .record(
      {
        final_commands: fc.oneof(fc.array(command, { maxLength: 3 }), fc.jsonValue()),
        summary: fc.jsonValue(),
      },
      { requiredKeys: [] },
    )
    .map((value) => JSON.stringify(value)),
);

test("any reply of any model ends a run soundly", async () => {
  const step = fc.record({ draft: reply, review: reply, final: finalReply });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 3 }), async (steps) => {
      await expectSoundEnd(
        {
          config: configText({ max_steps: 3, json_retry: 0, allow_types: ["bash", "python"] }),
          settings: { ...scriptedSettings, allowBash: false },
          files: filesOf({ "replies.json": JSON.stringify({ schemaVersion: 1, steps }) }),
        },
        /^final reply of step \d|step_\d+\.json: |^config_v0_3\.json: /,
      );
    }),
    { numRuns },
  );
});

const keys = [
  "s5_settings",
  "openai_model",
  "max_steps",
  "api_retry",
  "json_retry",
  "json_retry_prefix",
  "timeout_sec",
  "workspace_dir",
  "logs_dir",
  "execution_policy",
  "allow_types",
  "deny_patterns",
  "draft_prompt_template",
] as const;
/** Small numbers, so that a run of many steps or attempts does not take long; folders stay below the project. */
const value = fc
  .jsonValue({ maxDepth: 3 })
  .filter((candidate) => typeof candidate !== "number" || Math.abs(candidate) < 5)
  .filter((candidate) => typeof candidate !== "string" || !/[./\\:]/.test(candidate));

test("any value of any key of the configuration ends a run soundly", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...keys), value, async (key, changed) => {
      const config = { ...(JSON.parse(configText({ max_steps: 2 })) as object), [key]: changed };
      const steps = [
        { draft: "{}", review: "{}", final: '{"final_commands": [{"type": "x", "code": "y"}]}' },
      ];
      await expectSoundEnd(
        {
          config: JSON.stringify(config),
          settings: scriptedSettings,
          files: filesOf({ "replies.json": JSON.stringify({ schemaVersion: 1, steps }) }),
        },
        /^config_v0_3\.json: /,
      );
    }),
    { numRuns },
  );
});

test("any bytes as state, step log, job input or configuration end a run soundly", async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    json.map((text) => new TextEncoder().encode(text)),
    fc
      .record({ current_step: fc.jsonValue(), last_done: fc.jsonValue(), job_index: fc.jsonValue() })
      .map((state) => new TextEncoder().encode(JSON.stringify(state))),
  );
  const path = fc.constantFrom(
    "workspace/artifacts/phase_state.json",
    "workspace/artifacts/job_input.json",
    "logs/steps/step_007.json",
    "workspace/results/result_v2.txt",
  );
  await fc.assert(
    fc.asyncProperty(path, bytes, async (name, content) => {
      const replies = '{"schemaVersion":1,"steps":[{"draft":"","review":"","final":""}]}';
      await expectSoundEnd(
        {
          config: configText({ max_steps: 1, s5_settings: { job_loop: { enabled: true } } }),
          settings: scriptedSettings,
          files: new Map([...filesOf({ "replies.json": replies }), [name, content]]),
        },
        /phase_state\.json: |job_input\.json: |step_007\.json: /,
      );
    }),
    { numRuns },
  );
});

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { JsonFloat } from "#domain/json";
import { readOrchestratorConfig, type OrchestratorConfig } from "#domain/tos/orchestration/config";
import { OrchestratorFault } from "#domain/tos/orchestration/fault";
import { parsePythonJson } from "#domain/tos/orchestration/python-json";

const folders = '"workspace_dir": "workspace", "logs_dir": "logs"';
const read = (fields: string): OrchestratorConfig =>
  readOrchestratorConfig(parsePythonJson(`{${folders}${fields === "" ? "" : `, ${fields}`}}`));

describe("the configuration", () => {
  test("needs nothing but its folders", () => {
    expect(read("")).toMatchObject({
      experimental: false,
      openaiModel: "gpt-4o-mini",
      anthropicModel: "claude-3-5-sonnet-20241022",
      loggedModels: { draft: null, review: null, final: null },
      maxSteps: 8,
      apiRetry: 2,
      jsonRetry: 2,
      timeoutSeconds: 120,
      timeoutMs: 120_000,
      stopOnDeny: true,
      deniesByDefault: false,
      denyIfContains: [],
      allowTypes: ["powershell"],
      denyPatterns: [],
      templates: { draft: "", review: "", final: "" },
      jobLoop: {
        enabled: false,
        jobName: "default",
        statedMaxJobs: null,
        statedJobName: null,
        inputPath: "",
      },
    });
    expect(read("").jsonRetryPrefix).toContain("JSON");
  });

  test("is read in full", async () => {
    const path = "../../../golden/tos/scenarios/21_job_input_override/run_1/in/config_v0_3.json";
    const config = readOrchestratorConfig(
      parsePythonJson(await readFile(join(import.meta.dirname, path), "utf8")),
    );
    expect(config).toMatchObject({
      experimental: true,
      loggedModels: { draft: "model-o", review: "model-a", final: "model-o" },
      jobLoop: {
        enabled: true,
        maxJobs: 3,
        jobName: "sample",
        inputPath: "workspace/artifacts/job_input.json",
        resultPath: "workspace/artifacts/job_result.json",
      },
    });
    expect(config.denyPatterns).toHaveLength(20);
    expect(config.templates.draft).toContain("{history_json}");
  });

  test("says the same of unknown keys as the reference: nothing", () => {
    expect(read('"execution_policy": {"default_action": "ask", "more": 1}, "other": []')).toEqual(read(""));
  });

  test("keeps a time limit as it is written, and a loop's name whatever it is", () => {
    const config = read(
      '"timeout_sec": 1.5, "s5_settings": {"job_loop": {"enabled": true, "job_name": null}}',
    );
    expect(config).toMatchObject({ timeoutSeconds: new JsonFloat(1.5), timeoutMs: 1500 });
    expect(config.jobLoop).toMatchObject({ maxJobs: 1, jobName: null });
  });

  test("of a loop that is off may be anything", () => {
    const config = read('"s5_settings": {"job_loop": {"max_jobs": "x", "job_input": 5}}');
    expect(config.jobLoop).toMatchObject({ enabled: false, statedMaxJobs: "x", inputPath: "" });
  });
});

test.each([
  ["[1]", "config_v0_3.json: expected an object, found a list"],
  [
    '{"logs_dir": "logs"}',
    "config_v0_3.json: workspace_dir: expected a text, which is required, found nothing",
  ],
  [`{${folders}, "max_steps": "8"}`, "max_steps: expected a whole number, found '8'"],
  [`{${folders}, "max_steps": 8.0}`, "max_steps: expected a whole number, found 8.0"],
  [`{${folders}, "api_retry": null}`, "api_retry: expected a whole number, found null"],
  [`{${folders}, "timeout_sec": 0}`, "timeout_sec: expected a number of seconds above 0, found 0"],
  [`{${folders}, "timeout_sec": NaN}`, "timeout_sec: expected a number of seconds above 0, found nan"],
  [`{${folders}, "openai_model": 5}`, "openai_model: expected a text, found 5"],
  [`{${folders}, "execution_policy": null}`, "execution_policy: expected an object, found null"],
  [
    `{${folders}, "execution_policy": {"deny_if_contains": ["a", {}]}}`,
    "execution_policy.deny_if_contains[1]: expected a text, found an empty object",
  ],
  [`{${folders}, "allow_types": "powershell"}`, "allow_types: expected a list of texts, found 'powershell'"],
  [
    `{${folders}, "s5_settings": {"job_loop": {"enabled": true, "max_jobs": "3"}}}`,
    "s5_settings.job_loop.max_jobs: expected a number, found '3'",
  ],
  [
    `{${folders}, "s5_settings": {"job_loop": {"enabled": true, "job_input": {"path": [1]}}}}`,
    "s5_settings.job_loop.job_input.path: expected a text, found a list",
  ],
])("%s: %s", (text, message) => {
  const reading = (): OrchestratorConfig => readOrchestratorConfig(parsePythonJson(text));
  expect(reading).toThrow(OrchestratorFault);
  expect(reading).toThrow(message);
});

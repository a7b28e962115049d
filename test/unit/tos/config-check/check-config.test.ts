import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkConfig } from "#domain/tos/config-check/check-config";
import { runFolders } from "#domain/tos/config-check/config-figures";
import { valuePaths } from "#domain/tos/config-check/defined-keys";
import { configReminders } from "#domain/tos/config-check/reminders";
import { configText } from "../../../support/tos/base-script";

const good = configText();

/** The text with one value replaced, given or taken away; the path is that of the value. */
function withValue(path: string, value: unknown): string {
  const document = JSON.parse(good) as Record<string, unknown>;
  const keys = path.split(".");
  let at = document;
  for (const key of keys.slice(0, -1)) at = at[key] as Record<string, unknown>;
  const last = keys.at(-1) ?? "";
  if (value === undefined) delete at[last];
  else at[last] = value;
  return JSON.stringify(document, null, 2);
}

const rulesOf = (text: string): string[] =>
  checkConfig(text).findings.map(({ rule, path }) => `${rule} ${path}`);

describe("the recorded configuration", () => {
  test("has no problem", () => {
    expect(checkConfig(good)).toMatchObject({ problems: [], findings: [], unreadable: "" });
  });

  test("says what a console needs of it", () => {
    expect(checkConfig(good).config).toMatchObject({
      workspaceDir: "workspace",
      logsDir: "logs",
      maxSteps: 8,
      stopOnDeny: true,
      experimental: true,
      openaiModel: "model-o",
      jobLoop: { enabled: false, maxJobs: 3, jobName: "sample" },
    });
  });
});

test("what a configuration leaves out counts as the orchestrator takes it; what cannot be read is not known", () => {
  expect(checkConfig("{}").config).toMatchObject({
    stopOnDeny: true,
    maxSteps: 8,
    timeoutSeconds: 120,
    experimental: false,
    openaiModel: "gpt-4o-mini",
    anthropicModel: "claude-3-5-sonnet-20241022",
    jobLoop: { enabled: false, maxJobs: 1, jobName: "default", inputPath: "" },
  });
  expect(checkConfig(configText({ execution_policy: { stop_on_deny: false } })).config.stopOnDeny).toBe(
    false,
  );
  expect(checkConfig("{").config.stopOnDeny).toBeNull();
});

describe("G20: undefined keys", () => {
  test("row 119: an extra key is named with its path", () => {
    const check = checkConfig(withValue("s5_settings.job_loop.retry", 3));
    expect(check.findings).toMatchObject([{ rule: "G20", path: "s5_settings.job_loop.retry" }]);
    expect(check.problems[0]).toMatch(
      /^config_v0_3\.json: s5_settings\.job_loop\.retry: undefined key: expected only the defined keys \(enabled, max_jobs, .*\), found a number/,
    );
  });

  test("row 120: json_retry_prefix is undefined although the code reads it", () => {
    const check = checkConfig(withValue("json_retry_prefix", "JSON ONLY"));
    expect(check.findings).toMatchObject([{ rule: "G20", path: "json_retry_prefix" }]);
    expect(check.problems[0]).toContain("the orchestrator's code reads it, but nothing defines it");
  });

  test.each(["slack_webhook_url", "slack"])("%s belongs to newtos, and its value is not shown", (key) => {
    const check = checkConfig(withValue(key, { webhook_url: "https://hooks.example/secret" }));
    expect(check.problems).toHaveLength(1);
    expect(check.problems[0]).toContain("newtos");
    expect(check.problems[0]).not.toContain("secret");
  });

  test.each([
    ["max_step", 'did you mean "max_steps"?'],
    ["execution_policy.stopOnDeny", 'did you mean "execution_policy.stop_on_deny"?'],
    ["stop_on_deny", 'did you mean "execution_policy.stop_on_deny"?'],
  ])("%s is told what it may have been meant for", (path, suggestion) => {
    expect(checkConfig(withValue(path, true)).problems[0]).toContain(suggestion);
  });

  test.each(["__proto__", "constructor", "toString", "", "a.b", "日本語", "line\nbreak"])(
    "a key named %j is one more undefined key, told in one line",
    (key) => {
      const text = `${good.trimEnd().slice(0, -1)}, ${JSON.stringify(key)}: 1}`;
      const check = checkConfig(text);
      expect(check.findings.map(({ rule }) => rule)).toEqual(["G20"]);
      expect(check.problems[0]).not.toContain("\n");
    },
  );
});

describe("G21: missing and wrongly typed keys", () => {
  test("row 122: stop_on_deny may not be left out, although the code has a default", () => {
    expect(rulesOf(withValue("execution_policy.stop_on_deny", undefined))).toEqual([
      "G21 execution_policy.stop_on_deny",
    ]);
  });

  test.each(valuePaths())("%s may not be missing", (path) => {
    expect(rulesOf(withValue(path, undefined))).toEqual([`G21 ${path}`]);
  });

  test.each(valuePaths())("%s may not be null", (path) => {
    expect(rulesOf(withValue(path, null))).toEqual([`G21 ${path}`]);
  });

  test.each([
    ["max_steps", "8", 'expected a whole number, found "8"'],
    ["max_steps", 8.5, "expected a whole number, found 8.5"],
    ["timeout_sec", true, "expected a number, found true"],
    ["s5_settings.enabled", 1, "expected true or false, found 1"],
    ["s5_settings.job_loop", [], "expected an object, found []"],
    [
      "execution_policy.default_action",
      "Deny",
      'expected "allow" or "deny", found "Deny"; did you mean "deny"?',
    ],
    ["allow_types", "powershell", 'expected a list of strings, found "powershell"'],
    ["deny_patterns", ["ok", "("], 'deny_patterns[1]: expected a regular expression, found "("'],
    ["execution_policy.deny_if_contains", [3], "deny_if_contains[0]: expected a string, found 3"],
  ])("%s = %j", (path, value, text) => {
    const check = checkConfig(withValue(path, value));
    expect(check.findings.map(({ rule }) => rule)).toEqual(["G21"]);
    expect(check.problems[0]).toContain(text);
    expect(check.problems[0]).toMatch(/^config_v0_3\.json: /);
  });

  test("a fraction is a number where one is asked for, and 1e3 is none where a whole one is", () => {
    expect(rulesOf(good.replace('"timeout_sec": 120', '"timeout_sec": 0.5'))).toEqual([]);
    expect(rulesOf(good.replace('"max_steps": 8', '"max_steps": 1e3'))).toEqual(["G21 max_steps"]);
    expect(rulesOf(good.replace('"max_steps": 8', `"max_steps": ${"9".repeat(30)}`))).toEqual([]);
    expect(rulesOf(good.replace('"timeout_sec": 120', '"timeout_sec": NaN'))).toEqual(["G21 timeout_sec"]);
  });
});

describe("text that is no configuration", () => {
  test.each([
    ["", /is not valid JSON: .* at line 1 column 1/],
    ['{\n  "a": 1,\n}', /is not valid JSON: expected a quoted key at line 3 column 1/],
    [`\uFEFF${good}`, /without a byte order mark/],
    ["[]", /expected an object, found a list of 0/],
    ["null", /expected an object, found null/],
  ])("%j", (text, expected) => {
    expect(checkConfig(text).problems).toHaveLength(1);
    expect(checkConfig(text).problems[0]).toMatch(expected);
  });

  test("a key that stands twice is told with line and column, and the rest is still checked", () => {
    const text = withValue("max_step", 1).replace('"sprint": "S-5",', '"sprint": "S-5",\n  "sprint": "S-6",');
    const check = checkConfig(text);
    expect(check.unreadable).toBe("");
    expect(check.problems[0]).toMatch(
      /duplicate key "sprint" at line 4 column \d+; the orchestrator would take the last/,
    );
    expect(check.findings.map(({ path }) => path)).toContain("max_step");
  });

  test("a file with any number of mistakes is told by its first ones", () => {
    const keys = Array.from({ length: 60_000 }, (_, index) => `"a_key_that_nobody_knows_${index}": 1`);
    const patterns = Array.from({ length: 60_000 }, () => '"("');
    const text = good
      .replace('"config_version"', `${keys.join(",")}, "config_version"`)
      .replace('"deny_patterns": [', `"deny_patterns": [${patterns.join(",")},`);
    const { problems } = checkConfig(text);
    expect(problems).toHaveLength(102);
    expect(problems[50]).toBe("config_v0_3.json: and 59950 more undefined keys");
    expect(problems[101]).toBe("config_v0_3.json: deny_patterns: the entries after 49 were not looked at");
  });

  test("whatever the text, it is checked without failing and every problem is one line that names the file", () => {
    const anyText = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.json(),
      fc
        .tuple(fc.nat(good.length), fc.string({ maxLength: 3 }))
        .map(([at, bit]) => good.slice(0, at) + bit + good.slice(at + 1)),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        const check = checkConfig(text);
        for (const problem of check.problems) expect(problem).toMatch(/^config_v0_3\.json: [^\n\r]+$/);
        expect(check.unreadable !== "").toBe(check.document === undefined);
      }),
      { numRuns: 300 },
    );
  });
});

describe("folders of runs", () => {
  test.each([
    ["workspace", "logs", ["workspace/generated", "workspace/results", "workspace/artifacts", "logs"]],
    ["./ws/", "lg\\\\sub/", ["ws/generated", "ws/results", "ws/artifacts", "lg/sub"]],
    ["../out", "/var/log", []],
    ["C:\\\\ws", "", []],
  ])("of %s and %s", (workspaceDir, logsDir, expected) => {
    const text = configText({
      workspace_dir: workspaceDir.replaceAll("\\\\", "\\"),
      logs_dir: logsDir.replaceAll("\\\\", "\\"),
    });
    expect(runFolders(checkConfig(text).config)).toEqual(expected);
  });
});

describe("reminders of a change", () => {
  test("row 121: max_jobs from 3 to 5 is no violation, and asks for checkpoint, note and test", () => {
    const after = withValue("s5_settings.job_loop.max_jobs", 5);
    expect(checkConfig(after).problems).toEqual([]);
    expect(configReminders(good, after)).toEqual([
      "s5_settings.job_loop.max_jobs changes from 3 to 5.",
      expect.stringContaining("make a checkpoint"),
      expect.stringContaining("Note what is changed and why"),
      expect.stringContaining("run test"),
    ]);
  });

  test("another layout or order of keys changes no value", () => {
    const document = JSON.parse(good) as Record<string, unknown>;
    const reversed = Object.fromEntries(Object.entries(document).toReversed());
    expect(configReminders(good, JSON.stringify(reversed))).toEqual([]);
  });

  test("where the present text cannot be read, every value counts as changed", () => {
    expect(configReminders("{", good)[0]).toContain("every value counts as changed");
    expect(configReminders(good, "{")).toEqual([]);
  });
});

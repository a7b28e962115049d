import { expect, test } from "vitest";
import { jsonObject, type Json } from "#domain/json";
import { customCommandDefinition } from "#domain/surfaces/custom-command/definition";
import {
  defaultExecutionPolicy,
  policyFault,
  type ExecutionPolicy,
} from "#domain/surfaces/custom-command/policy";
import { splitShellWords } from "#domain/surfaces/custom-command/shell-words";
import { renderTemplate, templateFault } from "#domain/surfaces/custom-command/template";
import { fixtureDocument, refusal, type CaseChange } from "./fixture-cases";

const definition = customCommandDefinition(defaultExecutionPolicy, () =>
  Promise.reject(new Error("not run here")),
);
const spec = { name: "deploy_release", template: "echo deploy {{environment}}", default_arguments: {} };
const refused: readonly (readonly [string, CaseChange, string])[] = [
  ["no operation", (item) => (item["operation"] = " "), "operation: expected text"],
  [
    "an unknown operation",
    (item) => (item["operation"] = "archive"),
    "operation: unsupported operation 'ARCHIVE'",
  ],
  ["status 0", (item) => (item.expected["status_code"] = 0), "expected.status_code: expected 1 or more"],
  [
    "an error code on success",
    (item) => (item.expected["error_code"] = "custom_command_invalid_name"),
    "expected no error_code",
  ],
  [
    "an unknown error code",
    (item) => Object.assign(item.expected, { outcome: "malformed_input", error_code: "custom_command_x" }),
    "unsupported error_code 'custom_command_x'",
  ],
  [
    "a policy of another schema",
    (item) => (item["execution_policy"] = { schema_version: 2 }),
    "execution_policy: unsupported policy schema version 2",
  ],
  [
    "a policy field of the wrong type",
    (item) => (item["execution_policy"] = { allow_shell: "no" }),
    "execution_policy.allow_shell: expected true or false",
  ],
  [
    "an unknown sandbox",
    (item) => (item["execution_policy"] = { sandbox_profile: "open" }),
    "unsupported sandbox_profile 'open'",
  ],
  [
    "a key that is no variable",
    (item) => (item["execution_policy"] = { allowed_env: ["A B"] }),
    "allowed_env: 'A B' is not an environment variable name",
  ],
  [
    "a key listed twice",
    (item) => (item["execution_policy"] = { denied_env: ["a", "A"] }),
    "denied_env: duplicate key 'A'",
  ],
  [
    "a key allowed and denied",
    (item) => (item["execution_policy"] = { allowed_env: ["OPENAI_API_KEY"] }),
    "is in both allowed_env and denied_env",
  ],
  [
    "a spec of another name",
    (item) => (item["command_spec"] = { ...spec, name: "other" }),
    "command_spec.name: expected 'deploy_release', found 'other'",
  ],
  [
    "a spec of another template",
    (item) => (item["command_spec"] = { ...spec, template: "echo" }),
    "command_spec.template: expected the same template",
  ],
  [
    "a spec with a bad name",
    (item) => (item["command_spec"] = { ...spec, name: "1" }),
    "command_spec: name: '1' is not a command name",
  ],
  [
    "a spec without arguments",
    (item) => (item["command_spec"] = { ...spec, default_arguments: null }),
    "command_spec: arguments: expected an object",
  ],
  [
    "a spec without a template",
    (item) => (item["command_spec"] = { ...spec, template: "" }),
    "command_spec: template: expected text",
  ],
  [
    "a spec of another schema",
    (item) => (item["command_spec"] = { ...spec, schema_version: 3 }),
    "command_spec: unsupported spec schema version 3",
  ],
  [
    "a template with a pipe",
    (item) => (item["template"] = "a | b"),
    'template: shell operator "|" without allow_shell',
  ],
];

test.each(refused)("a custom-command fixture with %s is refused", (_what, change, message) => {
  const fixture = fixtureDocument("custom-command", "mixed-outcomes");
  expect(refusal(definition, fixture, "create-deploy-release", change)).toContain(message);
});

test("a bad policy is refused even in a malformed case, a bad name only where success is expected", () => {
  const malformed = (change: CaseChange) =>
    refusal(definition, fixtureDocument("custom-command", "mixed-outcomes"), "malformed-operation", change);
  expect(malformed((item) => (item["execution_policy"] = { sandbox_profile: "" }))).toContain(
    "sandbox_profile",
  );
  expect(malformed((item) => (item["command_name"] = "not a name"))).toBeNull();
});

test("the policy compares names without case, keys as they are written", () => {
  const policy = (change: Partial<ExecutionPolicy>) => policyFault({ ...defaultExecutionPolicy, ...change });
  expect(policy({})).toBeNull();
  expect(policy({ sandbox_profile: " Workspace_Write " })).toBeNull();
  expect(policy({ allowed_env: [" REGION"] })).toContain("not an environment variable name");
});

const template = (text: string, args: Json, change: Partial<ExecutionPolicy> = {}) =>
  templateFault(text, args, { ...defaultExecutionPolicy, ...change });

test.each(["&&", "||", ";", "`", "$(", "|", "\n", "\r"])("the operator %j needs allow_shell", (operator) => {
  expect(template(`echo a ${operator} b`, jsonObject({}))).toContain("without allow_shell");
  expect(template(`echo a ${operator} b`, jsonObject({}), { allow_shell: true })).toBeNull();
});

test("a lone ampersand and a redirection are no operators to the check", () => {
  expect(template("echo a & b > c", jsonObject({}))).toBeNull();
});

test.each([
  ["{{}}", "'' is not a placeholder name"],
  ["{{ a b }}", "'a b' is not a placeholder name"],
  ["{{a", "placeholder without an end"],
  ["{{ OPENAI_api_KEY }}", "placeholder 'OPENAI_api_KEY' is not permitted"],
])("the template %s is refused", (text, message) => {
  expect(template(text, jsonObject({}))).toContain(message);
});

test("an allow list admits only what it names", () => {
  expect(template("{{Region}}", jsonObject({}), { allowed_env: ["REGION"] })).toBeNull();
  expect(template("{{zone}}", jsonObject({}), { allowed_env: ["REGION"] })).toContain(
    "'zone' is not permitted",
  );
});

test("arguments are rendered as text: scalars as they are, lists and objects as compact JSON", () => {
  const args = jsonObject({ a: "x", b: 1, c: true, d: [1, null], e: jsonObject({ z: 1, y: "q" }), f: null });
  expect(renderTemplate(" {{a}}{{ b }} {{c}} {{d}} {{e}} ", args)).toBe('x1 true [1,null] {"y":"q","z":1}');
  expect(renderTemplate("{{f}}", args)).toBeNull();
  expect(renderTemplate("{{g}}", args)).toBeNull();
  expect(renderTemplate("{{a}} }} {", args)).toBe("x }} {");
});

test.each<readonly [string, string[] | null]>([
  ["echo  a\tb", ["echo", "a", "b"]],
  ["echo 'a b' \"c d\"e", ["echo", "a b", "c de"]],
  ["echo \"\" ''", ["echo", "", ""]],
  ['"a\\"b\\$c\\n"', ['a"b$c\\n']],
  ["'a\\b'", ["a\\b"]],
  ["a\\ b \\'c", ["a b", "'c"]],
  ["a # b", ["a"]],
  ["a#b", ["a#b"]],
  ["a\\\nb", ["ab"]],
  ["a\\", ["a\\"]],
  ["   ", []],
  ["'open", null],
  ['"open\\"', null],
])("%j splits into words", (line, words) => {
  expect(splitShellWords(line)).toEqual(words);
});

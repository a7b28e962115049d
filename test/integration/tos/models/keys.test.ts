import { mkdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { environmentWithoutKeys, findKey } from "../../../../main/tos/keys";
import { temporaryFolder } from "../../../support/temporary-folder";

const path = process.env["PATH"] ?? "";

/** A folder with a `secret-tool` that runs a script of the shell, put first on PATH. */
async function keyring(script: string): Promise<Record<string, string>> {
  const folder = join(await temporaryFolder(), "bin");
  await mkdir(folder);
  await writeFile(join(folder, "secret-tool"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return { PATH: `${folder}${delimiter}${path}`, CALLS: join(folder, "calls") };
}

const answers =
  'echo "$@" >> "$CALLS"\nif [ "$5" = OPENAI_API_KEY ]; then printf "from the keyring"; else exit 1; fi';

test("the environment comes first, then the keyring", async () => {
  const environment = await keyring(answers);
  expect(await findKey("OPENAI_API_KEY", { ...environment, OPENAI_API_KEY: " as it is " })).toEqual({
    source: "environment",
    value: " as it is ",
  });
  expect(await findKey("OPENAI_API_KEY", environment)).toEqual({
    source: "keyring",
    value: "from the keyring",
  });
  expect(await findKey("OPENAI_API_KEY", { ...environment, OPENAI_API_KEY: "" })).toEqual({
    source: "keyring",
    value: "from the keyring",
  });
  expect(await findKey("ANTHROPIC_API_KEY", environment)).toEqual({ source: "missing", value: "" });
});

test("the keyring is asked for this console's entry, and sees no key", async () => {
  const environment = await keyring(
    'if [ "$*" = "lookup service gatehouse account ANTHROPIC_API_KEY" ]; then printf "%s" "[$OPENAI_API_KEY]"; fi',
  );
  expect(await findKey("ANTHROPIC_API_KEY", { ...environment, OPENAI_API_KEY: "sk-secret" })).toEqual({
    source: "keyring",
    value: "[]",
  });
});

test.each([
  ["that fails after printing", 'printf "half a key"; exit 1'],
  ["that prints nothing", "exit 0"],
  ["that is killed", 'printf "half a key"; kill -9 $$'],
  ["that prints without end", "yes key"],
])("a keyring %s holds no key", async (_what, script) => {
  expect(await findKey("OPENAI_API_KEY", await keyring(script))).toEqual({ source: "missing", value: "" });
});

test("a keyring that waits for somebody is not waited for", async () => {
  const environment = await keyring("exec sleep 600");
  expect(await findKey("OPENAI_API_KEY", environment, 200)).toEqual({ source: "missing", value: "" });
});

test("without a keyring the key is missing", async () => {
  const empty = await temporaryFolder();
  expect(await findKey("OPENAI_API_KEY", { PATH: empty })).toEqual({ source: "missing", value: "" });
});

test("a name that is none is looked for nowhere", async () => {
  const environment = await keyring("printf found");
  expect(await findKey("X'; exit", environment)).toEqual({ source: "missing", value: "" });
});

test("other programs get everything but the keys", () => {
  const environment = {
    PATH: "/bin",
    OPENAI_API_KEY: "a",
    ANTHROPIC_API_KEY: "b",
    OpenAI_Api_Key: "c",
    ELECTRON_RUN_AS_NODE: "1",
    OPENAI_BASE_URL: "https://api.test",
    EMPTY: undefined,
  };
  expect(environmentWithoutKeys(environment)).toEqual({ PATH: "/bin", OPENAI_BASE_URL: "https://api.test" });
});

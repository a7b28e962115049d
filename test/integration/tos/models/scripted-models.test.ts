import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { readReplies, scriptedModels } from "../../../../main/tos/models/scripted-models";
import { defaultTosSettings, readTosSettings } from "../../../../main/tos/project/settings-file";
import { temporaryFolder } from "../../../support/temporary-folder";

const reply = (name: string) => ({
  draft: `${name} draft`,
  review: `${name} review`,
  final: `${name} final`,
});
const replies = { schemaVersion: 1, steps: [reply("first"), reply("second")] };

async function folderWith(path: string, content: string | Uint8Array): Promise<string> {
  const root = await temporaryFolder();
  await mkdir(join(root, ".gatehouse"), { recursive: true });
  await writeFile(join(root, path), content);
  return root;
}

describe("scripted replies", () => {
  const file = "replies.json";

  test("the step chooses the entry, the last one serves the steps after it", async () => {
    const root = await folderWith(file, `\uFEFF${JSON.stringify(replies)}`);
    const reading = await readReplies(root, file);
    if (!reading.ok) throw new Error(reading.problems.join("\n"));
    const models = scriptedModels(reading.replies, () => Promise.reject(new Error("no delay was asked for")));
    const { signal } = new AbortController();
    for (const [step, text] of [
      [1, "first final"],
      [2, "second final"],
      [3, "second final"],
      [900, "second final"],
      [0, "first final"],
    ] as const)
      expect(await models.ask({ step, role: "final", model: "m", prompt: "p" }, signal)).toEqual({
        kind: "text",
        text,
      });
    expect(models.provider("review")).toBe("scripted");
  });

  test("the delay is waited, and a cancelled wait is no answer", async () => {
    const waits: number[] = [];
    const controller = new AbortController();
    const models = scriptedModels(
      { schemaVersion: 1, delayMs: 250, steps: [reply("only")] },
      (milliseconds) => {
        waits.push(milliseconds);
        controller.abort();
        return Promise.reject(new Error("aborted"));
      },
    );
    const question = { step: 1, role: "draft", model: "m", prompt: "p" } as const;
    expect(await models.ask(question, controller.signal)).toMatchObject({ kind: "failed" });
    expect(waits).toEqual([250]);
  });

  test.each([
    ["not JSON", "{oops", /^replies\.json is not valid JSON: expected a quoted key at line 1 column 2$/],
    [
      "a list",
      "[]",
      /^replies\.json: the document: expected an object with keys among schemaVersion, delayMs, steps, found \[\]$/,
    ],
    [
      "no steps",
      '{"schemaVersion":1,"steps":[]}',
      /^replies\.json: steps: expected a list with at least 1 entry, found 0$/,
    ],
    [
      "a role that is missing",
      JSON.stringify({ schemaVersion: 1, steps: [{ draft: "a", review: "b" }] }),
      /^replies\.json: steps\[0\]\.final: expected text, found nothing/,
    ],
    [
      "a reply that is an object",
      JSON.stringify({ schemaVersion: 1, steps: [{ ...reply("x"), final: { a: 1 } }] }),
      /^replies\.json: steps\[0\]\.final: expected text, found \{"a":1\}/,
    ],
    [
      "a key that is unknown",
      JSON.stringify({ ...replies, delay: 5 }),
      /^replies\.json: delay: unknown key; expected one of schemaVersion, delayMs, steps/,
    ],
    [
      "a version of later",
      JSON.stringify({ ...replies, schemaVersion: 2 }),
      /^replies\.json: schemaVersion: expected /,
    ],
    [
      "a key given twice",
      '{"schemaVersion":1,"schemaVersion":1,"steps":[]}',
      /^replies\.json is not valid JSON: duplicate key "schemaVersion"/,
    ],
  ])("%s is refused in a line that names file and field", async (_what, text, problem) => {
    const reading = await readReplies(await folderWith(file, text), file);
    expect(reading).toEqual({ ok: false, problems: [expect.stringMatching(problem)] });
  });

  test("a missing file, a folder and bytes that are no text are said", async () => {
    const root = await folderWith(file, Uint8Array.of(0x82, 0xa0));
    expect(await readReplies(root, file)).toEqual({
      ok: false,
      problems: ["replies.json: expected UTF-8 text, found bytes that are not"],
    });
    expect(await readReplies(root, "nowhere.json")).toEqual({
      ok: false,
      problems: ["nowhere.json: expected a file of scripted replies, found none"],
    });
    expect(await readReplies(root, ".gatehouse")).toMatchObject({ ok: false });
  });
});

describe("settings of a project", () => {
  const file = ".gatehouse/tos.json";

  test("without a file, both APIs and no bash", async () => {
    expect(await readTosSettings(await temporaryFolder())).toEqual({
      settings: { schemaVersion: 1, models: { provider: "api" }, allowBash: false },
      problem: "",
    });
  });

  test("a pipe under the file's name is not waited for", async () => {
    const root = await temporaryFolder();
    await mkdir(join(root, ".gatehouse"));
    await execa("mkfifo", [join(root, file)]);
    const { problem } = await readTosSettings(root);
    expect(problem).toBe(
      `${file}: cannot be read: expected a regular file, found something else of that name`,
    );
  });

  test("what it says holds", async () => {
    const written = {
      schemaVersion: 1,
      models: { provider: "scripted", replies: "scripts/replies.json" },
      allowBash: true,
    };
    const root = await folderWith(file, `\uFEFF${JSON.stringify(written)}`);
    expect(await readTosSettings(root)).toEqual({ settings: written, problem: "" });
  });

  test.each([
    ["{", /^\.gatehouse\/tos\.json is not valid JSON: /],
    [
      '{"schemaVersion":1,"allowbash":true}',
      /^\.gatehouse\/tos\.json: allowbash: unknown key; .*did you mean "allowBash"\?$/,
    ],
    ['{"schemaVersion":1,"allowBash":"yes"}', /^\.gatehouse\/tos\.json: allowBash: expected .*, found "yes"/],
    [
      '{"schemaVersion":1,"models":{"provider":"local"}}',
      /^\.gatehouse\/tos\.json: models\.provider: expected .*api.*scripted.*found "local"/,
    ],
    [
      '{"schemaVersion":1,"models":{"provider":"scripted"}}',
      /^\.gatehouse\/tos\.json: models\.replies: expected /,
    ],
    [
      '{"schemaVersion":1,"models":{"provider":"api","openaiBaseUrl":"nowhere"}}',
      /^\.gatehouse\/tos\.json: models\.openaiBaseUrl: expected /,
    ],
    ["[]", /^\.gatehouse\/tos\.json: the document: expected an object/],
  ])("%s is refused in a line that names file and field, and the defaults hold", async (text, problem) => {
    const reading = await readTosSettings(await folderWith(file, text));
    expect(reading.problem).toMatch(problem);
    expect(reading.settings).toEqual(defaultTosSettings);
  });
});

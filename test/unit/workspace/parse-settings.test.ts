import { describe, expect, it } from "vitest";
import { completeSurfaceSettings, liveStaleAfterMs } from "#domain/settings/defaults";
import { defaultSettings, parseSettings } from "#domain/settings/parse";

const file = ".gatehouse/settings.json";

function errorsOf(document: unknown): string[] {
  const parsed = parseSettings(typeof document === "string" ? document : JSON.stringify(document), file);
  return parsed.ok ? [] : parsed.errors;
}
const surfaces = (voice: unknown) => ({ schemaVersion: 1, surfaces: { voice } });

describe("settings that are right", () => {
  it("fills in every default", () => {
    const parsed = parseSettings(
      '\uFEFF{"schemaVersion":1,"surfaces":{"voice":{"driver":"embedded","fixture":"a.json"},"memory":{"driver":"command","program":"agent"}}}',
      file,
    );
    if (!parsed.ok) throw new Error(parsed.errors.join("\n"));
    expect(completeSurfaceSettings("voice", parsed.settings)).toEqual({
      driver: "embedded",
      fixture: "a.json",
      runner: "contract",
      intervalMs: 15_000,
      timeoutMs: 60_000,
      autoStart: true,
      limits: { queueLimit: 64, processedCaseCap: 10_000, retryMaxAttempts: 4, retryBaseDelayMs: 0 },
      stateDir: ".tau/voice",
      staleAfterMs: 45_000,
    });
    expect(completeSurfaceSettings("memory", parsed.settings)).toMatchObject({ cwd: ".", args: [], env: {} });
    expect(completeSurfaceSettings("dashboard", parsed.settings)).toEqual({
      driver: "observe",
      stateDir: ".tau/dashboard",
      staleAfterMs: 900_000,
    });
    expect(parsed.settings.browserLiveSummary).toBe(defaultSettings.browserLiveSummary);
  });
});

describe("age of the browser live summary", () => {
  it.each([
    ["its own driver renews it", { driver: "embedded", fixture: "a.json", runner: "live" }, 45_000],
    ["contract cycles do not renew it", { driver: "embedded", fixture: "a.json" }, 900_000],
    ["a longer limit is kept", { driver: "observe", staleAfterMs: 3_600_000 }, 3_600_000],
    ["a shorter limit of the state file is not its own", { driver: "observe", staleAfterMs: 5_000 }, 900_000],
  ])("%s", (_case, browser, expected) => {
    const parsed = parseSettings(
      JSON.stringify({ schemaVersion: 1, surfaces: { "browser-automation": browser } }),
      file,
    );
    if (!parsed.ok) throw new Error(parsed.errors.join("\n"));
    expect(liveStaleAfterMs(completeSurfaceSettings("browser-automation", parsed.settings))).toBe(expected);
  });
});

describe("mistakes are named by file, key path, what was expected and what was found", () => {
  it.each<[string, unknown, string]>([
    [
      "a syntax error has its line and column",
      '{\n  "schemaVersion": 1,\n  "surfaces": {]\n}',
      `${file} is not valid JSON: expected a quoted key at line 3 column 16`,
    ],
    [
      "a key given twice",
      '{"schemaVersion":1,"schemaVersion":1,"surfaces":{}}',
      `${file} is not valid JSON: duplicate key "schemaVersion" at line 1 column 35`,
    ],
    ["an empty file", "", `${file} is not valid JSON: unexpected end of text at line 1 column 1`],
    [
      "another document",
      [],
      `${file}: the document: expected an object with keys among schemaVersion, name, surfaces, tosRoot, browserLiveSummary, found []`,
    ],
    ["a wrong version", { schemaVersion: 2, surfaces: {} }, `${file}: schemaVersion: expected 1, found 2`],
    [
      "a missing key",
      { schemaVersion: 1 },
      `${file}: surfaces: expected an object with keys among voice, browser-automation, dashboard, custom-command, memory, found nothing`,
    ],
    [
      "an unknown surface",
      { schemaVersion: 1, surfaces: { voise: { driver: "observe" } } },
      `${file}: surfaces.voise: unknown key; expected one of voice, browser-automation, dashboard, custom-command, memory; did you mean "voice"?`,
    ],
    [
      "an unknown driver",
      surfaces({ driver: "embeded" }),
      `${file}: surfaces.voice.driver: expected "embedded" or "command" or "observe", found "embeded"; did you mean "embedded"?`,
    ],
    [
      "a surface that is not an object",
      surfaces(7),
      `${file}: surfaces.voice: expected an object with the key "driver", found 7`,
    ],
    [
      "a key of another driver",
      surfaces({ driver: "observe", interval_ms: 5 }),
      `${file}: surfaces.voice.interval_ms: unknown key; expected one of driver, stateDir, staleAfterMs`,
    ],
    [
      "a number out of range",
      surfaces({ driver: "embedded", fixture: "a", intervalMs: 10 }),
      `${file}: surfaces.voice.intervalMs: expected a whole number from 1000 to 86400000, found 10`,
    ],
    [
      "text for a number",
      surfaces({ driver: "embedded", fixture: "a", timeoutMs: "fast" }),
      `${file}: surfaces.voice.timeoutMs: expected a whole number from 100 to 3600000, found "fast"`,
    ],
    [
      "a nested limit",
      surfaces({ driver: "embedded", fixture: "a", limits: { queueLimit: 0 } }),
      `${file}: surfaces.voice.limits.queueLimit: expected a whole number from 1 to 100000, found 0`,
    ],
    [
      "a mistyped limit",
      surfaces({ driver: "embedded", fixture: "a", limits: { queue_limit: 3 } }),
      `${file}: surfaces.voice.limits.queue_limit: unknown key; expected one of queueLimit, processedCaseCap, retryMaxAttempts, retryBaseDelayMs; did you mean "queueLimit"?`,
    ],
    [
      "an empty playlist",
      surfaces({ driver: "embedded", fixture: [] }),
      `${file}: surfaces.voice.fixture: expected text that is not blank, or a list with at least one entry, each text that is not blank, found []`,
    ],
    [
      "an argument that is not text",
      surfaces({ driver: "command", program: "agent", args: ["a", 2] }),
      `${file}: surfaces.voice.args[1]: expected text, found 2`,
    ],
    [
      "a path with a NUL",
      surfaces({ driver: "observe", stateDir: "a\0b" }),
      `${file}: surfaces.voice.stateDir: expected a path without control characters, found "a\\u0000b"`,
    ],
    [
      "a folder of a TOS project with a NUL",
      { schemaVersion: 1, surfaces: {}, tosRoot: "a\0b" },
      `${file}: tosRoot: expected a path without control characters, found "a\\u0000b"`,
    ],
    [
      "a path longer than any system takes",
      surfaces({ driver: "embedded", fixture: ["a", "x".repeat(5_000)] }),
      `${file}: surfaces.voice.fixture[1]: expected a path of at most 4096 characters, found 5000`,
    ],
    [
      "the live runner elsewhere",
      surfaces({ driver: "embedded", fixture: "a", runner: "live" }),
      `${file}: surfaces.voice.runner: expected "contract" (only browser-automation has a live runner), found "live"`,
    ],
    [
      "a variable name no process can have",
      surfaces({ driver: "command", program: "agent", env: { "A=B": "1" } }),
      `${file}: surfaces.voice.env."A=B": expected a variable name without "=" and NUL, found "A=B"`,
    ],
    [
      "a directory that another surface writes",
      surfaces({ driver: "observe", stateDir: "./.tau//memory/" }),
      `${file}: surfaces.voice.stateDir: expected a directory of its own, found ".tau/memory", which memory uses too`,
    ],
  ])("%s", (_name, document, message) => {
    expect(errorsOf(document)).toEqual([message]);
  });

  it("names all of several mistakes", () => {
    expect(
      errorsOf({
        schemaVersion: 1,
        nam: "x",
        surfaces: { voice: { driver: "observe", staleAfterMs: 1 }, memory: {} },
      }),
    ).toEqual([
      `${file}: surfaces.voice.staleAfterMs: expected a whole number from 1000 to 604800000, found 1`,
      `${file}: surfaces.memory.driver: expected "embedded" or "command" or "observe", found nothing`,
      `${file}: nam: unknown key; expected one of schemaVersion, name, surfaces, tosRoot, browserLiveSummary; did you mean "name"?`,
    ]);
  });

  it("refuses nesting that would exhaust the stack, and __proto__ as a key", () => {
    expect(errorsOf("[".repeat(100_000))[0]).toContain("nesting");
    expect(errorsOf('{"schemaVersion":1,"surfaces":{},"__proto__":{"name":"x"}}')[0]).toContain(
      "__proto__: unknown key",
    );
  });
});

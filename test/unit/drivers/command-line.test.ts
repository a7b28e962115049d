import { execaSync } from "execa";
import fc from "fast-check";
import { expect, it } from "vitest";
import { quoteCommandLine } from "../../../main/drivers/command-line";
import { commandEnvironment, embeddedEnvironment } from "../../../main/drivers/environment";

it("quotes words so that a shell gives them back as they were", () => {
  expect(quoteCommandLine("/usr/bin/tau", ["--state-dir", ".tau/voice", "it's", ""], "/a b")).toBe(
    `cd '/a b' && /usr/bin/tau --state-dir .tau/voice 'it'\\''s' ''`,
  );
  const word = fc.string({ unit: fc.constantFrom("a", "'", '"', "$", "`", "\\", " ", "\n", "*", "ü", ";") });
  fc.assert(
    fc.property(fc.array(word, { maxLength: 4 }), (words) => {
      const line = quoteCommandLine("printf", ["%s\\0", ...words]);
      const { stdout } = execaSync("/bin/sh", ["-c", line], { stripFinalNewline: false });
      expect(stdout).toBe(words.length === 0 ? "\0" : words.map((each) => `${each}\0`).join(""));
    }),
    { numRuns: 40 },
  );
});

it("hands an embedded run what it needs and no secret", () => {
  const surroundings = {
    PATH: "/bin",
    HOME: "/h",
    LC_ALL: "C",
    TAU_VOICE_FIXTURE: "f",
    OPENAI_API_KEY: "secret",
    GATEHOUSE_CHROMIUM: "/c",
  };
  expect(embeddedEnvironment(surroundings, "contract")).toEqual({
    PATH: "/bin",
    HOME: "/h",
    LC_ALL: "C",
    TAU_VOICE_FIXTURE: "f",
    ELECTRON_RUN_AS_NODE: "1",
    NO_COLOR: "1",
  });
  expect(embeddedEnvironment(surroundings, "live")).toMatchObject({ GATEHOUSE_CHROMIUM: "/c" });
  expect(commandEnvironment({ ...surroundings, ELECTRON_RUN_AS_NODE: "1" }, { EXTRA: "x" })).toEqual({
    ...surroundings,
    EXTRA: "x",
  });
});

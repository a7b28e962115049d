import { expect, it } from "vitest";
import { failureText, runStep, SetupError } from "../../../resources/setup/report.mjs";

it("prints exactly one line for a step and hands on its value", async () => {
  const lines: string[] = [];
  const value = await runStep(
    "build",
    async () => ({ line: "up to date", value: 7 }),
    (line) => lines.push(line),
  );
  expect(lines).toEqual(["build              up to date"]);
  expect(value).toBe(7);
});

it("names the step, the problem and the remedy, after the failed program's own words", () => {
  const failure = new SetupError("packages", "npm ci ended with code 1", "npm ping", "npm error 404\n");
  expect(failureText(failure)).toBe(
    [
      "npm error 404",
      "packages           failed: npm ci ended with code 1",
      "                   remedy: npm ping",
    ].join("\n"),
  );
});

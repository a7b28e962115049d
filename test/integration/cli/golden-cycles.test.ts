import { join } from "node:path";
import { expect, test } from "vitest";
import { defaultCycleLimits } from "#domain/cycle/play-cycle";
import { defaultGuardrailThresholds } from "#domain/surfaces/gateway/guardrail";
import { deploymentRunner } from "../../../main/runner/deployment";
import { gatewayRunner } from "../../../main/runner/gateway";
import { runVoiceLive } from "../../../main/runner/voice-live";
import { filesBelow, fixturesRoot, goldenRoot, stillClock } from "../runner/cycle-harness";
import { temporaryFolder } from "../../support/temporary-folder";

const runners = { deployment: deploymentRunner(), gateway: gatewayRunner(defaultGuardrailThresholds) };

async function runCycle(surface: keyof typeof runners, name: string, stateDir: string): Promise<string> {
  const { stdoutLines } = await runners[surface].run(
    {
      fixturePath: join(fixturesRoot, `${surface}-contract`, `${name}.json`),
      stateDir,
      limits: defaultCycleLimits,
    },
    { clock: stillClock, warn: (message) => expect.unreachable(message) },
  );
  return `${stdoutLines.join("\n")}\n`;
}

/** Rows of spec/tau/surfaces.md §14 for deployment and gateway, and the fixtures that cover the rest of both. */
test.each([
  ["deployment", "mixed-outcomes"],
  ["deployment", "rollout-pass"],
  ["deployment", "every-answer"],
  ["gateway", "mixed-outcomes"],
  ["gateway", "rollout-pass"],
  ["gateway", "every-answer"],
] as const)("%s %s leaves exactly the golden files and lines in a fresh directory", async (surface, name) => {
  const stateDir = join(await temporaryFolder(), "state");
  const stdout = await runCycle(surface, name, stateDir);
  const written = { "stdout.txt": stdout, ...filesBelow(stateDir) };
  expect(written).toEqual(filesBelow(join(goldenRoot, surface, name)));
});

test.each(["deployment", "gateway"] as const)(
  "%s mixed-outcomes run three times ends failing, as spec/tau/surfaces.md §14 says",
  async (surface) => {
    const stateDir = join(await temporaryFolder(), "state");
    let stdout = "";
    for (let cycle = 1; cycle <= 3; cycle += 1) stdout += await runCycle(surface, "mixed-outcomes", stateDir);
    const written = { "stdout.txt": stdout, ...filesBelow(stateDir) };
    expect(written).toEqual(filesBelow(join(goldenRoot, surface, "mixed-outcomes-three-times")));
  },
);

test.each([
  ["single-turn", 64, true],
  ["every-frame", 64, true],
  ["every-frame-three-silent", 3, false],
] as const)(
  "a live voice session of %s leaves exactly the golden files and lines",
  async (name, maxTurns, speaks) => {
    const stateDir = join(await temporaryFolder(), "state");
    const input = name.startsWith("every-frame") ? "every-frame" : name;
    const { stdoutLines } = await runVoiceLive(
      {
        inputPath: join(fixturesRoot, "voice-live", `${input}.json`),
        stateDir,
        settings: { wakeWord: " TAU ", maxTurns, speaks },
      },
      { clock: stillClock, warn: (message) => expect.unreachable(message) },
    );
    const written = { "stdout.txt": `${stdoutLines.join("\n")}\n`, ...filesBelow(stateDir) };
    expect(written).toEqual(filesBelow(join(goldenRoot, "voice-live", name)));
  },
);

import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../support/temporary-folder";
import { gatehouse } from "./gatehouse";

const goldenRoot = resolve(import.meta.dirname, "../../golden/inspect");

/** What each golden output is printed by. */
const flagsOf: Readonly<Record<string, (surface: string) => string[]>> = {
  "status.json": (surface) => [`--${surface}-status-inspect`, `--${surface}-status-json`],
  "status.txt": (surface) => [`--${surface}-status-inspect`],
  "health.json": (surface) => ["--transport-health-inspect", surface, "--transport-health-json"],
  "health.txt": (surface) => ["--transport-health-inspect", surface],
};

/** Golden folders by the surface whose state they hold; the two worked examples are those of spec/tau/health.md §§3, 4. */
test.each([
  ["memory-worked-example", "memory"],
  ["voice-worked-example", "voice"],
  ["dashboard-quirks", "dashboard"],
  ["custom-command", "custom-command"],
  ["deployment", "deployment"],
  ["gateway-stopped", "gateway"],
  ["multi-channel", "multi-channel"],
  ["multi-agent", "multi-agent"],
])("%s prints exactly what spec/tau/health.md says, in every form", async (golden, surface) => {
  const cwd = await temporaryFolder();
  await mkdir(join(cwd, ".tau"));
  await cp(join(goldenRoot, golden), join(cwd, ".tau", surface), { recursive: true });
  const outputs = (await readdir(join(goldenRoot, golden))).filter((name) => Object.hasOwn(flagsOf, name));
  expect(outputs.length).toBeGreaterThan(0);
  for (const output of outputs) {
    const ran = await gatehouse(cwd, flagsOf[output]?.(surface) ?? []);
    expect(ran.stdout, output).toBe(await readFile(join(goldenRoot, golden, output), "utf8"));
    expect(ran, output).toMatchObject({ exitCode: 0, stderr: "" });
  }
});

const zeros = {
  updated_unix_ms: 0,
  cycle_duration_ms: 0,
  queue_depth: 0,
  active_runs: 0,
  failure_streak: 0,
  last_cycle_discovered: 0,
  last_cycle_processed: 0,
  last_cycle_completed: 0,
  last_cycle_failed: 0,
  last_cycle_duplicates: 0,
};

test.each([
  ["voice", "voice", "voice", "wake-word-pipeline"],
  [" Browser ", "browser-automation", "browser-automation", "fixture-runtime"],
  ["browserautomation", "browser-automation", "browser-automation", "fixture-runtime"],
  ["DASHBOARD", "dashboard", "dashboard", "operator-control-plane"],
  ["customcommand", "custom-command", "custom-command", "no-code-command-registry"],
  ["memory", "memory", "memory", "semantic-memory"],
  ["deployment", "deployment", "deployment", "cloud-and-wasm-runtime"],
  ["gateway", "gateway", "gateway", "gateway-service"],
  ["multichannel", "multi-channel", "multi-channel", "telegram/discord/whatsapp"],
  ["multi-agent", "multi-agent", "multi-agent", "orchestrator-router"],
  ["slack", "slack", "slack", "slack"],
  ["github:acme/console", "github-issues/acme__console", "github", "acme/console"],
])(
  "transport health of %j reads .tau/%s; a missing health object is all zeros",
  async (value, folder, transport, target) => {
    const cwd = await temporaryFolder();
    await mkdir(join(cwd, ".tau", folder), { recursive: true });
    await cp(await stateWithoutHealth(), join(cwd, ".tau", folder, "state.json"));
    const ran = await gatehouse(cwd, ["--transport-health-inspect", value, "--transport-health-json"]);
    const row = { transport, target, state_path: `.tau/${folder}/state.json`, health: zeros };
    expect(ran.stdout).toBe(`${JSON.stringify([row], null, 2)}\n`);
    expect(ran.exitCode).toBe(0);
  },
);

test("github without a repository gives one row per repository directory, sorted by repository", async () => {
  const cwd = await temporaryFolder();
  const issues = join(cwd, ".tau", "github-issues");
  for (const folder of ["b__two", "a__one", "not-a-repository"])
    await mkdir(join(issues, folder), { recursive: true });
  for (const folder of ["b__two", "a__one"])
    await cp(await stateWithoutHealth(), join(issues, folder, "state.json"));
  const ran = await gatehouse(cwd, ["--transport-health-inspect=github", "--transport-health-json=true"]);
  expect(JSON.parse(ran.stdout)).toEqual(
    ["a/one", "b/two"].map((target) => ({
      transport: "github",
      target,
      state_path: `.tau/github-issues/${target.replace("/", "__")}/state.json`,
      health: zeros,
    })),
  );
  expect(ran.exitCode).toBe(0);
});

/** A state file that is as empty as a readable one can be. */
async function stateWithoutHealth(): Promise<string> {
  const file = join(await temporaryFolder(), "state.json");
  await writeFile(file, '{"schema_version":7}');
  return file;
}

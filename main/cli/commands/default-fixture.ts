import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { programRoot } from "../../host/program-root";
import type { ParsedFlags } from "../flags/parse";
import type { Terminal } from "../terminal";

/**
 * Fixture of a runner: the flag's value; without one the reference's default path where it exists (a checkout of the
 * reference, spec/tau/surfaces.md §3), else the fixture of the same name that ships with this program.
 */
export function fixturePath(flag: string, flags: ParsedFlags, terminal: Terminal): string {
  const given = flags.optionalText(flag);
  if (given !== undefined) return given;
  const standard = referenceFixtures[flag];
  if (standard === undefined) throw new Error(`--${flag} has no default`);
  const [folder, name] = standard.split("/").slice(-2);
  const shipped = join(programRoot(), "fixtures", "contract", folder ?? "", name ?? "");
  if (existsSync(standard) || !existsSync(shipped)) return standard;
  terminal.error(`--${flag}: using ${relative(process.cwd(), shipped)}`);
  return shipped;
}

const testdata = "crates/tau-coding-agent/testdata";

/** The reference's defaults by flag, relative to its checkout. */
export const referenceFixtures: Readonly<Record<string, string>> = {
  "voice-fixture": `${testdata}/voice-contract/mixed-outcomes.json`,
  "browser-automation-fixture": `${testdata}/browser-automation-contract/mixed-outcomes.json`,
  "dashboard-fixture": `${testdata}/dashboard-contract/mixed-outcomes.json`,
  "custom-command-fixture": `${testdata}/custom-command-contract/mixed-outcomes.json`,
  "memory-fixture": `${testdata}/memory-contract/mixed-outcomes.json`,
  "deployment-fixture": `${testdata}/deployment-contract/mixed-outcomes.json`,
  "gateway-fixture": "crates/tau-gateway/testdata/gateway-contract/mixed-outcomes.json",
  "voice-live-input": `${testdata}/voice-live/single-turn.json`,
};

import { readFile } from "node:fs/promises";
import path from "node:path";
import type { BrowserLiveSummary } from "#contract/reading";
import { ContractError, describeError } from "#domain/contract-error";
import { encodeReport, liveSummaryProblems } from "#domain/browser-live/report";
import { printPretty } from "#domain/json";
import { parseLiveSummary } from "#domain/reading/live-summary";
import type { Terminal } from "../../cli/terminal";
import { quoteCommandLine } from "../../drivers/command-line";
import { withRunFolder } from "../run-folder";
import { writeResult } from "../write-result";
import { runHarnessProcess } from "./harness-process";
import { servePages } from "./page-server";
import { shippedFolder } from "./shipped-files";
import { StepReport } from "./steps";
import { clearWorkRoot, executorScript, fillWorkRoot, type WorkRoot } from "./work-root";

/** Settings of `gatehouse browser-live`. */
export interface LiveRunOptions {
  readonly paths: WorkRoot;
  /** Null plays the demo fixture, with the demo's clean start and its checks. */
  readonly fixturePath: string | null;
  /** Null drives this machine's Chromium with our own executor. */
  readonly playwrightCli: string | null;
  readonly timeoutSeconds: number | null;
}

export interface LiveRunPorts {
  readonly terminal: Terminal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** How to run this program again: the executable and the script it runs. */
  readonly program: { readonly executable: string; readonly entry: string; readonly asElectron: boolean };
}

/** Stands in a fixture for the origin of the served pages. */
const originPlaceholder = "@origin@";

/**
 * The whole live run (spec/tau/live-run.md §4): serves the demo pages, plays the fixture through the harness, checks the
 * summary and writes the report. Resolves with the exit code of the step that failed, 0 when none did.
 */
export async function runLive(options: LiveRunOptions, ports: LiveRunPorts): Promise<number> {
  const { paths } = options;
  return withRunFolder(paths.directory, async () => {
    const shipped = shippedFolder();
    const fixture = await readFixture(options.fixturePath ?? path.join(shipped, "demo.json"));
    // The demo begins from nothing; an operator's own fixture is a cycle like any other, and the last good summary
    // stays until there is a new one.
    if (options.fixturePath === null) await clearWorkRoot(paths.directory);
    const pages = await servePages(path.join(shipped, "pages"));
    try {
      const { executable, entry, asElectron } = ports.program;
      await fillWorkRoot(paths, {
        fixture: fixture.replaceAll(originPlaceholder, pages.origin),
        executor: executorScript(executable, entry, asElectron),
      });
      return await runSteps(options, ports);
    } finally {
      await pages.close();
    }
  });
}

async function runSteps(options: LiveRunOptions, ports: LiveRunPorts): Promise<number> {
  const { paths } = options;
  const report = new StepReport(ports.terminal);
  const args = [ports.program.entry, ...harnessArguments(options)];
  const ran = await report.run("run-browser-live-harness", () => {
    report.line(`command: ${quoteCommandLine(ports.program.executable, args)}`);
    return runHarnessProcess(
      { program: ports.program.executable, args },
      {
        transcriptPath: paths.transcript,
        timeoutMs: options.timeoutSeconds === null ? null : options.timeoutSeconds * 1_000,
        ...ports,
      },
    );
  });
  if (ran !== 0) return ran;
  const validated = await report.run("validate-live-summary-and-write-report", async () => {
    try {
      await validate(options);
      return 0;
    } catch (error) {
      ports.terminal.out(describeError(error));
      return 1;
    }
  });
  if (validated !== 0) return validated;
  report.line(`summary_json=${paths.summary}`);
  report.line(`report_json=${paths.report}`);
  report.line(`transcript_log=${paths.transcript}`);
  report.summary();
  return 0;
}

/** The harness's limits are those of the reference's script: 7 days, 4000 ms, 4 actions (spec/tau/live-run.md §4). */
function harnessArguments({ paths, playwrightCli }: LiveRunOptions): readonly string[] {
  return [
    "browser-live-harness",
    "--fixture",
    paths.fixture,
    "--state-dir",
    paths.stateDir,
    "--playwright-cli",
    playwrightCli ?? paths.executor,
    "--summary-json-out",
    paths.summary,
    "--artifact-retention-days",
    "7",
    "--action-timeout-ms",
    "4000",
    "--max-actions-per-case",
    "4",
  ];
}

async function validate({ paths, fixturePath }: LiveRunOptions): Promise<void> {
  const summary = await readSummary(paths.summary);
  // What an operator's fixture expects, failures included, the harness has compared already.
  const problems = fixturePath === null ? liveSummaryProblems(summary) : [];
  if (problems.length > 0) throw new ContractError(`${paths.summary}: ${problems.join("; ")}`);
  const report = encodeReport(summary, paths.summary, paths.transcript);
  await writeResult(paths.report, printPretty(report));
}

async function readSummary(file: string): Promise<BrowserLiveSummary> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw new ContractError(`summary JSON missing: ${file}`, { cause: error });
  }
  const parsed = parseLiveSummary(text);
  if (!parsed.ok) throw new ContractError(`${file}: ${parsed.problem}`);
  return parsed.facts;
}

async function readFixture(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new ContractError(`failed to read fixture ${file}`, { cause: error });
  }
}

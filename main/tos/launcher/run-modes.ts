import { setTimeout as wait } from "node:timers/promises";
import { join } from "node:path";
import type { TosSettings } from "#contract/tos/settings";
import { type ProjectOutcome, valueOf } from "#domain/tos/launcher/outcome";
import { powershellText, property } from "#domain/tos/launcher/powershell-value";
import { runReport } from "#domain/tos/launcher/run-report";
import { runSummary } from "#domain/tos/launcher/run-summary";
import { testReport } from "#domain/tos/launcher/test-report";
import type { CancelRequest } from "#domain/tos/runs/cancel-request";
import { runOrchestrator } from "../orchestrator/run-orchestrator";
import { cleanUp } from "./clean-up";
import { inspectProject } from "./inspect-project";
import type { OperationContext, OperationEnd } from "./operation";
import { readOutcome } from "./project-outcome";
import { isThere, pythonPathFile, readPythonPath } from "./python-path";
import { saveSummary } from "./save-summary";

/** What a launch of the orchestrator is asked to do. */
export interface Launch {
  readonly settings: TosSettings;
  readonly clean: boolean;
  /** Empty: none. */
  readonly summaryFile: string;
  readonly rootIsNew: boolean;
}

/** `run` and `cleanrun` after the head (launcher.md §2 and §3). Rejects with a `ScriptError`. */
export async function runMode(context: OperationContext, launch: Launch): Promise<OperationEnd> {
  const orchestrated = await orchestrate(context, launch);
  if ("endReason" in orchestrated) return orchestrated;
  const { exitCode } = orchestrated;
  if (exitCode !== 0) {
    const endReason = `orchestrator failed with exit code ${exitCode}`;
    context.print(endReason);
    return { exitCode, endReason: cancelledReason(context) ?? endReason };
  }
  const outcome = await readOutcome(context.root);
  const failed = printReport(context, runReport(outcome));
  await summarise(context, launch, outcome);
  context.print("TOS cc_run end");
  return { exitCode: failed ? 1 : 0, endReason: endReasonOf(outcome) };
}

/** `test` after the head (launcher.md §2 and §4). Rejects with a `ScriptError`. */
export async function testMode(context: OperationContext, launch: Launch): Promise<OperationEnd> {
  const orchestrated = await orchestrate(context, launch);
  if ("endReason" in orchestrated) return orchestrated;
  const outcome = await readOutcome(context.root);
  const passed = printReport(context, testReport(outcome, orchestrated.exitCode));
  const endReason = passed ? "test passed" : "test failed";
  context.print(endReason);
  await summarise(context, launch, outcome);
  return { exitCode: passed ? 0 : 1, endReason: cancelledReason(context) ?? endReason };
}

/** The orchestrator's exit code, or how the launcher ended before it. */
async function orchestrate(
  context: OperationContext,
  { settings, clean, rootIsNew }: Launch,
): Promise<OperationEnd | { readonly exitCode: number }> {
  const { root, print } = context;
  if (clean) await cleanUp(root, print);
  const inspected = await inspectProject(context, settings, rootIsNew);
  if (inspected !== 0) return ending(context, inspected, `init failed with exit code ${inspected}`);
  const python = await readPythonPath(root);
  if (python === null) return ending(context, 1, `${pythonPathFile} not found ${join(root, pythonPathFile)}`);
  if (!(await isThere(root, python))) return ending(context, 1, `python path invalid ${python}`);
  print(`Python ${python}`);
  const { environment, clock, cancel, report, lost } = context;
  const exitCode = await runOrchestrator({
    root,
    environment,
    settings,
    clock,
    cancel,
    // The orchestrator ends rather than go on unseen; it has whole files to stop between.
    report: (event) => {
      report(event);
      if (lost() !== null) throw lost();
    },
    sleep: async (milliseconds, signal) => {
      await wait(milliseconds, undefined, { signal }).catch(() => undefined);
    },
  });
  return { exitCode };
}

function ending({ print }: OperationContext, exitCode: number, line: string): OperationEnd {
  print(line);
  return { exitCode, endReason: line };
}

/** Prints a report's lines as they come and returns what it came to. */
function printReport({ print }: OperationContext, report: Generator<string, boolean>): boolean {
  for (;;) {
    const { done, value } = report.next();
    if (done === true) return value;
    print(value);
  }
}

async function summarise(
  { root, print }: OperationContext,
  { summaryFile }: Launch,
  outcome: ProjectOutcome,
): Promise<void> {
  if (summaryFile === "") return;
  print(`summary saved ${await saveSummary(root, summaryFile, runSummary(outcome))}`);
}

function endReasonOf({ phaseSummary }: ProjectOutcome): string {
  if (phaseSummary === null) return "";
  return powershellText(property(valueOf(phaseSummary), "end_reason"));
}

function cancelledReason({ cancel }: OperationContext): string | null {
  return cancel.aborted ? `cancelled: ${(cancel.reason as CancelRequest).reason}` : null;
}

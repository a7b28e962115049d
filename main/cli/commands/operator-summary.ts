import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { ContractError } from "#domain/contract-error";
import { compareSummaries } from "#domain/inspect/operator-summary/compare";
import { summaryComponents, type SummaryComponent } from "#domain/inspect/operator-summary/components";
import type { OperatorSummary } from "#domain/inspect/operator-summary/report";
import { operatorSummaryDiffLines, operatorSummaryLines } from "#domain/inspect/operator-summary/text-form";
import { reportJson } from "#domain/inspect/plain-json";
import { printPretty } from "#domain/json";
import { readOperatorSummary, readSummarySnapshot } from "../../inspect/operator-summary";
import { systemReason } from "../../inspect/text-file";
import { systemClock } from "../../system/clock";
import { exitCodes } from "../exit-codes";
import { remoteProfileSettings } from "./remote-profile";
import type { ReferenceCommand } from "./command";

/** `--operator-control-summary` with its snapshot and comparison (spec/tau/health.md §5); exit 0 whatever the posture. */
export const summarizeOperatorControl: ReferenceCommand = async (flags, { terminal }) => {
  const directories = Object.fromEntries(
    summaryComponents.map((component) => [component, flags.text(`${component}-state-dir`)]),
  ) as Record<SummaryComponent, string>;
  const summary = await readOperatorSummary(
    {
      directories,
      daemonDirectory: flags.text("daemon-state-dir"),
      channelStoreRoot: flags.text("channel-store-root"),
      providerSubscriptionStrict: flags.boolean("provider-subscription-strict"),
      remoteProfile: remoteProfileSettings(flags),
    },
    systemClock,
  );
  const comparePath = flags.optionalText("operator-control-summary-compare");
  // Read before anything is written: both flags may name the same file.
  const baseline = comparePath === undefined ? undefined : await readSummarySnapshot(comparePath);
  const snapshotPath = flags.optionalText("operator-control-summary-snapshot-out");
  if (snapshotPath !== undefined) await writeSnapshot(snapshotPath, summary);
  const json = flags.boolean("operator-control-summary-json");
  if (baseline === undefined) {
    terminal.out(json ? printPretty(reportJson(summary)) : operatorSummaryLines(summary).join("\n"));
    return exitCodes.success;
  }
  const diff = compareSummaries(baseline, summary, systemClock.nowUnixMs());
  terminal.out(json ? printPretty(reportJson(diff)) : operatorSummaryDiffLines(diff).join("\n"));
  return exitCodes.success;
};

async function writeSnapshot(path: string, summary: OperatorSummary): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, printPretty(reportJson(summary)));
  } catch (error) {
    throw new ContractError(`failed to write operator control summary snapshot ${path}`, {
      cause: systemReason(error),
    });
  }
}

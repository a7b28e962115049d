import type { Clock } from "#domain/clock";
import { describeError, withContext } from "#domain/contract-error";
import { describeIssues } from "#contract/envelope";
import { aggregateSummary } from "#domain/inspect/operator-summary/aggregate";
import {
  componentRow,
  summaryComponents,
  type SummaryComponent,
  unavailableComponent,
} from "#domain/inspect/operator-summary/components";
import { assessPolicyPosture, securityBase } from "#domain/inspect/operator-summary/policy-posture";
import {
  type ComponentRow,
  type OperatorSummary,
  operatorSummarySchema,
} from "#domain/inspect/operator-summary/report";
import { plainJson } from "#domain/inspect/plain-json";
import type { RemoteProfileSettings } from "#domain/inspect/remote-profile";
import { parseJson } from "#domain/json-parse";
import { readDaemon } from "./daemon";
import { fileIn } from "./paths";
import { readReleaseChannelRow } from "./release-channel";
import { readSurfaceStatus } from "./surface-status";
import { readTextFile, readTextFileIfPresent } from "./text-file";

export interface OperatorSummarySettings {
  /** State directory of each component. */
  readonly directories: Readonly<Record<SummaryComponent, string>>;
  readonly daemonDirectory: string;
  readonly channelStoreRoot: string;
  readonly providerSubscriptionStrict: boolean;
  readonly remoteProfile: RemoteProfileSettings;
}

/** Reads everything the operator control summary is made of (spec/tau/health.md §5). Never rejects for a bad source. */
export async function readOperatorSummary(
  settings: OperatorSummarySettings,
  clock: Clock,
): Promise<OperatorSummary> {
  const components: ComponentRow[] = [];
  for (const component of summaryComponents)
    components.push(await readComponent(component, settings.directories[component]));
  const security = fileIn(securityBase(settings.channelStoreRoot), "security");
  return aggregateSummary({
    components,
    daemon: await readDaemon(settings.daemonDirectory, process),
    releaseChannel: await readReleaseChannelRow(() => process.cwd()),
    policyPosture: assessPolicyPosture({
      allowlist: await readPlainJson(fileIn(security, "allowlist.json")),
      pairings: await readPlainJson(fileIn(security, "pairings.json")),
      providerSubscriptionStrict: settings.providerSubscriptionStrict,
      remoteProfile: settings.remoteProfile,
    }),
    generatedUnixMs: clock.nowUnixMs(),
  });
}

async function readComponent(component: SummaryComponent, directory: string): Promise<ComponentRow> {
  const statePath = fileIn(directory, "state.json");
  try {
    return componentRow(component, await readSurfaceStatus(component, directory), statePath);
  } catch (error) {
    return unavailableComponent(component, describeError(error), statePath);
  }
}

/** A security file's value, or undefined when it cannot be used: the posture then counts it as absent. */
async function readPlainJson(path: string): Promise<unknown> {
  try {
    const text = await readTextFileIfPresent("security file", path);
    return text === null ? undefined : plainJson(parseJson(text));
  } catch {
    return undefined;
  }
}

/** Reads a snapshot written by `--operator-control-summary-snapshot-out`; every key is required. */
export async function readSummarySnapshot(path: string): Promise<OperatorSummary> {
  const text = await readTextFile("operator control summary snapshot", path);
  return withContext(`failed to parse operator control summary snapshot ${path}`, () => {
    const parsed = operatorSummarySchema.safeParse(plainJson(parseJson(text)));
    if (!parsed.success) throw new Error(describeIssues(parsed.error).join("; "));
    return parsed.data;
  });
}

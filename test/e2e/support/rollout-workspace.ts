import { cp, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright";
import { candidateSchema, type Candidate, type RolloutCommand } from "#contract/rollout/command";
import type { RequestName } from "#contract/names";
import type { CommandOutcome, RequestInput, RequestOutput } from "#contract/requests";
import type { RolloutView } from "#contract/rollout/view";
import { projectRoot } from "../../../resources/setup/project.mjs";
import { ObservedWorkspace } from "./observed-workspace";

/** Profile of these tests: the contract's phases and gates, no distance between checks by hand. */
export const drillProfileId = "drill";

const firstGates = ["G4", "G5", "G6", "G7", "G8"];
const phases = [
  { id: "preflight", percent: 0, minimumSoakMs: 0, gates: ["G1", "G2", "G3"] },
  { id: "canary-1", percent: 5, minimumSoakMs: 60_000, gates: firstGates },
  { id: "canary-2", percent: 25, minimumSoakMs: 60_000, gates: [...firstGates, "G9", "G10"] },
  { id: "canary-3", percent: 50, minimumSoakMs: 60_000, gates: [...firstGates, "G9", "G10", "G11"] },
  {
    id: "general-availability",
    percent: 100,
    minimumSoakMs: 60_000,
    gates: [...firstGates, "G9", "G10", "G11", "G12"],
  },
];

/**
 * A workspace in which a rollout passes preflight: the rehearsal's recorded evidence, its candidate, surfaces nobody
 * runs, and a profile that checks every `checkIntervalMs`.
 */
export async function rolloutWorkspace(checkIntervalMs: number): Promise<ObservedWorkspace> {
  const workspace = await ObservedWorkspace.create();
  const shipped = join(projectRoot, "fixtures", "rehearsal");
  await cp(join(shipped, "evidence"), join(workspace.path, ".gatehouse/evidence"), { recursive: true });
  await mkdir(join(workspace.path, ".tau"));
  await cp(join(shipped, "tau"), join(workspace.path, ".tau"), { recursive: true });
  const profile = {
    schemaVersion: 1,
    id: drillProfileId,
    title: "Drill",
    rehearsal: true,
    checkIntervalMs,
    manualCheckDistanceMs: 0,
    phases,
  };
  await workspace.write(`.gatehouse/profiles/${drillProfileId}.json`, JSON.stringify(profile, null, 2));
  return workspace;
}

/** The candidate the workspace proposes. */
export async function proposedCandidate(workspace: ObservedWorkspace): Promise<Candidate> {
  const text = await readFile(join(workspace.path, ".gatehouse/evidence/candidate.json"), "utf8");
  const { version, commit, createdUnixMs } = JSON.parse(text) as Candidate;
  return candidateSchema.parse({ version, commit, createdUnixMs });
}

/** Asks the host as the page itself would; throws with the host's words when it answers with an error. */
export async function ask<Name extends RequestName>(
  page: Page,
  name: Name,
  input: RequestInput<Name>,
): Promise<RequestOutput<Name>> {
  const envelope = await page.evaluate(
    async ([request, body]) => {
      const headers = { "Content-Type": "application/json" };
      const response = await fetch(`/api/${request}`, {
        method: "POST",
        headers,
        body: JSON.stringify(body),
      });
      return (await response.json()) as { ok: boolean; value: unknown; error?: unknown };
    },
    [name, input] as const,
  );
  if (!envelope.ok) throw new Error(`${name}: ${JSON.stringify(envelope.error)}`);
  return envelope.value as RequestOutput<Name>;
}

/** The rollout the console works on, as its host tells it now. */
export async function latestRollout(page: Page): Promise<RolloutView> {
  const { rollout } = await ask(page, "console.snapshot", {});
  if (rollout.latest === null) throw new Error("There is no rollout.");
  return rollout.latest;
}

type Decided = Exclude<RolloutCommand, { command: "check" | "rebaseline" }>["command"];

/** Gives a command on the state as it is now. */
export async function command(page: Page, name: Decided, reason: string): Promise<CommandOutcome> {
  const { rolloutId, revision } = await latestRollout(page);
  return ask(page, "rollout.command", { command: { command: name, rolloutId, revision, reason } });
}

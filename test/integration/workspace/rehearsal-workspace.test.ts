import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { surfaceIds } from "#contract/identity";
import { observationSchema, type Observation } from "#contract/rollout/observation";
import { checklistItems, isValidEvidence } from "../../../main/domain/rollout/checklist";
import { listFixtures } from "../../../main/drivers/fixtures";
import type { EmbeddedSettings } from "../../../main/drivers/embedded";
import { createObserver } from "../../../main/rollout/observe/observer";
import { readStartChoices } from "../../../main/rollout/profiles";
import { systemClock } from "../../../main/system/clock";
import { prepareDemoWorkspace } from "../../../main/workspace/demo";
import { openWorkspace } from "../../../main/workspace/workspace";
import { temporaryFolder } from "../../support/temporary-folder";

let home: string;
beforeEach(async () => {
  home = await temporaryFolder();
});

const prepare = (kind: "rehearsal" | "demo"): Promise<string> =>
  prepareDemoWorkspace({
    shippedDirectory: join("fixtures", kind),
    folder: `${kind}-workspace`,
    environment: { GATEHOUSE_DATA_DIR: join(home, "data") },
    platform: process.platform,
    homeDirectory: home,
  });

/** One look at a workspace by the named profile. */
async function observe(path: string, profileId: string): Promise<Observation> {
  const workspace = await openWorkspace(path, systemClock);
  const observer = createObserver({
    workspace,
    watcherOf: () => null,
    clock: systemClock,
    now: () => ({ unixMs: Date.now(), monotonicMs: performance.now(), session: "test" }),
  });
  try {
    const { profiles, candidate } = await readStartChoices(path);
    const profile = profiles.find((offered) => offered.profile.id === profileId)?.profile;
    if (profile === undefined || candidate === null) throw new Error("nothing to start");
    return observationSchema.parse(await observer.observe(profile, candidate, null, null));
  } finally {
    observer.close();
    await workspace.dispose();
  }
}

describe("the rehearsal workspace", () => {
  it("runs all five surfaces here, the browser for real, on fixtures that their runners take", async () => {
    const path = await prepare("rehearsal");
    expect(path).toBe(join(home, "data/rehearsal-workspace"));
    const workspace = await openWorkspace(path, systemClock);
    expect(workspace.view()).toMatchObject({ name: "Rehearsal: Harbor shop 2.8", settingsErrors: [] });
    for (const surface of surfaceIds) {
      const settings = workspace.surfaceSettings(surface);
      if (settings.driver !== "embedded") throw new Error(`${surface} is ${settings.driver}`);
      expect(settings).toMatchObject({
        autoStart: true,
        runner: surface === "browser-automation" ? "live" : "contract",
      });
      const choices = await listFixtures({
        workspacePath: path,
        surface,
        settings: settings as EmbeddedSettings,
        directory: join(home, "preview"),
      });
      for (const choice of choices) expect(choice).toMatchObject({ error: null, description: /./ });
      // What runs on schedule has case ids of its own in every cycle (spec/tau/rollout.md §7 row 20).
      for (const fixture of [settings.fixture].flat()) {
        const { cases } = JSON.parse(await readFile(join(path, fixture), "utf8")) as {
          cases: { case_id: string }[];
        };
        expect(cases.every(({ case_id }) => case_id.includes("@cycle@"))).toBe(true);
      }
    }
    await workspace.dispose();
  });

  it("offers a profile of its own that is a rehearsal, and a candidate older than its evidence", async () => {
    const path = await prepare("rehearsal");
    const { profiles, problems, candidate } = await readStartChoices(path);
    expect(problems).toEqual([]);
    const rehearsal = profiles.find(({ profile }) => profile.id === "rehearsal");
    expect(rehearsal).toMatchObject({
      source: ".gatehouse/profiles/rehearsal.json",
      profile: { rehearsal: true, automaticPromotionThrough: null },
    });
    const soaks = rehearsal?.profile.phases.map(({ minimumSoakMs }) => minimumSoakMs) ?? [];
    expect(soaks.reduce((sum, soak) => sum + soak, 0)).toBeLessThanOrEqual(180_000);
    const { harness, ci } = await observe(path, "rehearsal");
    expect(harness.startedUnixMs).toBeGreaterThanOrEqual(
      candidate?.createdUnixMs ?? Number.POSITIVE_INFINITY,
    );
    expect(ci.commit).toBe(candidate?.commit);
  });

  it("has evidence for the sixteen items of the checklist", async () => {
    const { checklist } = await observe(await prepare("rehearsal"), "rehearsal");
    expect(checklist.items.map(({ id }) => id)).toEqual(checklistItems.map(({ id }) => id));
    for (const item of checklistItems) {
      const found = checklist.items.find(({ id }) => id === item.id);
      expect(found).toMatchObject({ checked: true });
      expect(found?.evidence.every((evidence) => isValidEvidence(evidence, item))).toBe(true);
    }
  });

  it("names every trigger's way in its README, and every file that it names is there", async () => {
    const path = await prepare("rehearsal");
    const readme = await readFile(join(path, "README.md"), "utf8");
    for (const trigger of ["T1", "T2", "T3", "T4", "T5"]) expect(readme).toContain(`**${trigger}, `);
    const shipped = await readdir(join(path, ".gatehouse"), { recursive: true });
    const fixtures = [...readme.matchAll(/`(trigger-[a-z0-9-]+\.json)`/g)].map(([, name]) => name);
    expect(fixtures.length).toBeGreaterThanOrEqual(4);
    for (const name of fixtures) expect(shipped.some((file) => file.endsWith(`/${name ?? ""}`))).toBe(true);
    for (const [, file] of readme.matchAll(
      /\.gatehouse\/(triggers\/[a-z0-9-]+\.json|evidence\/[a-z-]+\.(?:json|txt))/g,
    ))
      expect(shipped).toContain(file);
    const triggers = shipped.filter((file) => /fixtures\/.*trigger-/.test(file));
    for (const file of triggers) expect(readme).toContain(file.slice(file.lastIndexOf("/") + 1));
  });
});

/** What gates G1 to G3 ask (spec/tau/rollout.md §3). */
const preflight = {
  harness: {
    status: "ok",
    manifestProblem: "",
    overall: { status: "passed", total_surfaces: 5, passed_surfaces: 5, failed_surfaces: 0 },
    surfaceIds: ["voice", "browser", "dashboard", "custom-command", "memory"],
  },
  ci: { status: "ok", conclusion: "success" },
  releaseChannel: { status: "ok", rollbackVersion: "2.7.3" },
  control: { mode: "running" },
};

describe.each(["rehearsal", "demo"] as const)("the %s workspace", (kind) => {
  it("has the evidence that preflight asks for", async () => {
    const observation = await observe(await prepare(kind), "rehearsal");
    expect(observation).toMatchObject(preflight);
    for (const { command } of observation.harness.commands)
      expect(command.join(" ")).toContain("--skip-build --timeout-seconds 180");
  });

  it("says of its evidence that it is a recorded sample", async () => {
    const path = await prepare(kind);
    for (const file of [
      ".tau/live-run-unified/manifest.json",
      ".gatehouse/evidence/ci.json",
      ".gatehouse/evidence/release-channel.txt",
      ".gatehouse/evidence/signoff-checklist.json",
    ])
      expect(`${file}: ${await readFile(join(path, file), "utf8")}`).toMatch(/recorded.sample/);
  });
});

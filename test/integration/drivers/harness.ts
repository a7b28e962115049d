import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunView } from "#contract/driver";
import type { SurfaceId } from "#contract/identity";
import { surfaceSettingsSchema } from "#contract/settings";
import { createSurfaceDriver } from "../../../main/drivers/surface-driver";
import type { SurfaceDriver, Workspace } from "../../../main/host/ports";
import { systemClock } from "../../../main/system/clock";
import { openWorkspace } from "../../../main/workspace/workspace";
import { waitUntil } from "../../support/wait-until";

/** A workspace in a temporary folder and the drivers opened on it; `close` ends and removes everything. */
export class DriverHarness {
  readonly path: string;
  readonly workspace: Workspace;
  readonly #drivers: SurfaceDriver[] = [];

  private constructor(path: string, workspace: Workspace) {
    this.path = path;
    this.workspace = workspace;
  }

  static async open(): Promise<DriverHarness> {
    const path = await mkdtemp(join(tmpdir(), "gatehouse-driver-"));
    return new DriverHarness(path, await openWorkspace(path, systemClock));
  }

  /** A driver with the given settings; it does not begin by itself unless they say so. */
  driver(surface: SurfaceId, settings: Record<string, unknown>, cliEntry = "unused.js"): SurfaceDriver {
    const driver = createSurfaceDriver({
      surface,
      workspace: this.workspace,
      settings: surfaceSettingsSchema.parse(
        settings["driver"] === "observe" ? settings : { autoStart: false, ...settings },
      ),
      clock: systemClock,
      nodeExecutable: process.execPath,
      cliEntry,
    });
    this.#drivers.push(driver);
    return driver;
  }

  /** A `command` driver that runs the given script with Node. */
  script(surface: SurfaceId, script: string, settings: Record<string, unknown> = {}): SurfaceDriver {
    return this.driver(surface, {
      driver: "command",
      program: process.execPath,
      args: ["-e", script],
      ...settings,
    });
  }

  async file(path: string, content: string): Promise<string> {
    const full = join(this.path, path);
    await mkdir(join(full, ".."), { recursive: true });
    await writeFile(full, content);
    return full;
  }

  async close(): Promise<void> {
    await Promise.all(this.#drivers.map((driver) => driver.dispose()));
    await this.workspace.dispose();
    await rm(this.path, { recursive: true, force: true });
  }
}

/** Begins a run and waits for its end. */
export async function runToEnd(driver: SurfaceDriver, fixture?: string): Promise<RunView> {
  const { runId } = await driver.run(fixture, "operator");
  return waitUntil(`the end of ${runId}`, () => {
    const { last } = driver.view();
    return last?.runId === runId && last;
  });
}

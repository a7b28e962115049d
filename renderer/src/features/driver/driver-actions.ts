import { surfaceLabels, type SurfaceId } from "#contract/identity";
import type { RequestInput } from "#contract/requests";
import { hostClient } from "../../state/console-store";
import { announceDone, announceFailure } from "../../ui/notices";

/** Runs one cycle now; a refusal is shown where it was asked for. */
export async function runCycle(surface: SurfaceId, fixture?: string): Promise<void> {
  const label = surfaceLabels[surface];
  try {
    const run = await hostClient().request(
      "driver.run",
      fixture === undefined ? { surface } : { surface, fixture },
    );
    announceDone(`${label}: cycle started`, run.fixture ?? run.commandLine);
  } catch (error) {
    announceFailure(`${label}: no cycle was started`, error);
  }
}

/** Begins the schedule. */
export async function startSchedule(surface: SurfaceId): Promise<void> {
  const label = surfaceLabels[surface];
  try {
    await hostClient().request("driver.start", { surface });
    announceDone(`${label}: schedule started`);
  } catch (error) {
    announceFailure(`${label}: the schedule was not started`, error);
  }
}

/** Ends the schedule. Rejects when the host refuses, so that the dialog stays open. */
export async function stopSchedule(surface: SurfaceId, reason: string): Promise<void> {
  await hostClient().request("driver.stop", { surface, reason });
  announceDone(`${surfaceLabels[surface]}: schedule stopped`, reason);
}

/** Ends the run under way. Rejects when the host refuses, so that the dialog stays open. */
export async function cancelRun(surface: SurfaceId, reason: string): Promise<void> {
  await hostClient().request("driver.cancel", { surface, reason });
  announceDone(`${surfaceLabels[surface]}: run cancelled`, reason);
}

/** Changes and saves the driver's settings. Rejects when the host refuses, so that the form keeps its entries. */
export async function configureDriver(change: RequestInput<"driver.configure">): Promise<void> {
  await hostClient().request("driver.configure", change);
  announceDone(`${surfaceLabels[change.surface]}: settings saved`);
}

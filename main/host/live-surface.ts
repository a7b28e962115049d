import type { OutputLine } from "#contract/driver";
import type { SurfaceId } from "#contract/identity";
import type { SurfaceDriver, SurfaceWatcher, Unsubscribe } from "./ports";

/**
 * One surface as the console holds it: what watches it and what drives it. The watcher is replaced when the settings
 * name other files (the driver takes new settings itself); those who listen to the surface do not notice.
 */
export class LiveSurface {
  readonly id: SurfaceId;
  readonly driver: SurfaceDriver;
  readonly #leaveDriver: Unsubscribe;
  readonly #changeListeners = new Set<() => void>();
  readonly #outputListeners = new Set<(runId: string, lines: readonly OutputLine[]) => void>();
  #watcher: SurfaceWatcher;
  #leaveWatcher: Unsubscribe;

  constructor(id: SurfaceId, watcher: SurfaceWatcher, driver: SurfaceDriver) {
    this.id = id;
    this.#watcher = watcher;
    this.driver = driver;
    this.#leaveWatcher = this.#follow(watcher);
    this.#leaveDriver = this.#followDriver(driver);
  }

  get watcher(): SurfaceWatcher {
    return this.#watcher;
  }

  onChange(listener: () => void): Unsubscribe {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }

  onOutput(listener: (runId: string, lines: readonly OutputLine[]) => void): Unsubscribe {
    this.#outputListeners.add(listener);
    return () => this.#outputListeners.delete(listener);
  }

  async replaceWatcher(watcher: SurfaceWatcher): Promise<void> {
    const former = this.#watcher;
    this.#leaveWatcher();
    this.#watcher = watcher;
    this.#leaveWatcher = this.#follow(watcher);
    this.#announce();
    await former.stop();
  }

  /** Ends what the driver started, then stops watching; both are tried whatever becomes of the other. */
  async dispose(): Promise<void> {
    const [driver, watcher] = await Promise.allSettled([this.driver.dispose(), this.#watcher.stop()]);
    this.#leaveDriver();
    this.#leaveWatcher();
    if (driver.status === "rejected") throw driver.reason;
    if (watcher.status === "rejected") throw watcher.reason;
  }

  #follow(watcher: SurfaceWatcher): Unsubscribe {
    return watcher.onChange(() => this.#announce());
  }

  #followDriver(driver: SurfaceDriver): Unsubscribe {
    const leaveChanges = driver.onChange(() => this.#announce());
    const leaveOutput = driver.onOutput((runId, lines) => {
      for (const listener of this.#outputListeners) listener(runId, lines);
    });
    return () => {
      leaveChanges();
      leaveOutput();
    };
  }

  #announce(): void {
    for (const listener of this.#changeListeners) listener();
  }
}

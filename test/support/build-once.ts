import { ensureBuilt } from "./build";

/** Global set-up of the suites that run the built console: one build before the first test file starts. */
export async function setup(): Promise<void> {
  await ensureBuilt();
}

/**
 * `guard.mjs MARK FOLDER`: waits for the end of its standard input, which is the end of the process that started it,
 * however that came about; then kills what is left of the run and removes its folder. Has a session of its own, so that
 * neither a Ctrl-C nor the end of the terminal reaches it.
 */
import { rm } from "node:fs/promises";
import { killLeftovers } from "./leftovers.mjs";

const [mark = "", folder = ""] = process.argv.slice(2);
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]))
  process.on(signal, () => undefined);
for await (const _ of process.stdin);
await killLeftovers(mark, folder);
await rm(folder, { recursive: true, force: true, maxRetries: 5 });

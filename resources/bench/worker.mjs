/** Runs one compiled benchmark in a process of its own: `worker.mjs MODULE RESULT.json`. */
import { writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const [module = "", result = ""] = process.argv.slice(2);
const { run } = await import(pathToFileURL(module).href);
await writeFile(result, JSON.stringify(await run()));

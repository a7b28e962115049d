import { rehearse } from "./rehearse";

/** `main.js RUNS AT_ONCE`: prints the report as one line of JSON. */
const [runs = "", atOnce = ""] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(await rehearse(Number(runs), Number(atOnce)))}\n`);

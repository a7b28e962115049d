import { createRandom } from "../../../support/random";
import { rehearse } from "./rehearse";

/** `main.js RUNS AT_ONCE SEED`: prints the report as one line of JSON. */
const [runs = "", atOnce = "", seed = ""] = process.argv.slice(2);
process.stdout.write(
  `${JSON.stringify(await rehearse(Number(runs), Number(atOnce), createRandom(Number(seed))))}\n`,
);

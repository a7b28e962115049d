import { main } from "./cli/main";
import { processTerminal } from "./cli/terminal";

/** Entry of the command line: `gatehouse <command or reference flags>`; see `gatehouse --help`. */
process.exitCode = await main(process.argv.slice(2), {
  terminal: processTerminal(process),
  environment: process.env,
});

import { statSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { SetupError } from "./report.mjs";

export const startUsage = `Usage: npm start [-- OPTIONS]

  --workspace DIR  the checkout to open; without it, the demo workspace
  --rehearsal      the rehearsal workspace: a rollout that can be taken to its end in minutes
  --serve          serve the console to a browser, even where there is a display
  --port N         port to serve on (default: any free one)
  --help           print this`;

const step = "arguments";

/**
 * @typedef {{ workspace: string | undefined; rehearsal: boolean; serve: boolean; port: number | undefined; help: boolean }} StartArguments
 *   `workspace` is an absolute path of an existing folder.
 *
 * @param {readonly string[]} argv after the script's name
 * @param {string} directory from which the operator typed the command; npm changes the working directory
 * @returns {StartArguments} throws a `SetupError` that names the argument
 */
export function parseStartArguments(argv, directory) {
  /** @type {{ workspace?: string; rehearsal?: boolean; serve?: boolean; port?: string; help?: boolean }} */
  let values;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        workspace: { type: "string" },
        rehearsal: { type: "boolean" },
        serve: { type: "boolean" },
        port: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    }));
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new SetupError(step, problem, "npm start -- --help lists them");
  }
  if (values.workspace !== undefined && values.rehearsal === true)
    throw new SetupError(
      step,
      "--workspace and --rehearsal: each names another workspace",
      "give one of the two",
    );
  return {
    workspace: values.workspace === undefined ? undefined : existingFolder(values.workspace, directory),
    rehearsal: values.rehearsal ?? false,
    serve: values.serve ?? false,
    port: values.port === undefined ? undefined : portNumber(values.port),
    help: values.help ?? false,
  };
}

/** @param {string} given; @param {string} directory */
function existingFolder(given, directory) {
  const path = resolve(directory, given);
  const isFolder = given !== "" && (statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false);
  if (isFolder) return path;
  throw new SetupError(
    step,
    `--workspace ${given}: there is no folder ${path}`,
    "give the folder of a checkout",
  );
}

/** @param {string} given */
function portNumber(given) {
  const port = Number(given);
  if (/^\d{1,5}$/.test(given) && port <= 65_535) return port;
  throw new SetupError(step, `--port ${given}: not a port`, "give a number from 0 (any free port) to 65535");
}

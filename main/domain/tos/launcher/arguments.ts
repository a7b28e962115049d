import type { Acknowledgement } from "#contract/tos/progress";
import { type TosMode, tosModes } from "#contract/tos/vocabulary";
import { isRunId } from "../runs/run-identifier";
import { parseAcknowledgement } from "./acknowledgements";
import { bindParameters, type OptionName, ParameterError } from "./parameters";

/** Who began a run, why, and what was acknowledged for it: what every operation of the console carries. */
export interface Provenance {
  /** Identifier the window chose; null on a command line, which makes its own. */
  readonly runId: string | null;
  readonly from: "window" | "command line";
  readonly reason: string;
  readonly acknowledgements: readonly Acknowledgement[];
  /** Digest of the preview that was confirmed; null without one. */
  readonly previewId: string | null;
}

/** A launch as it was asked for. */
export interface LauncherArguments extends Provenance {
  readonly mode: TosMode;
  /** The mode as it was typed, for the launcher prints it so. */
  readonly modeText: string;
  /** As typed; null when not given. */
  readonly root: string | null;
  readonly clean: boolean;
  /** Empty when not given; the same holds for the next two. */
  readonly summaryFile: string;
  readonly checkpointName: string;
  readonly targetCommit: string;
}

/**
 * Reads the launcher's command line. Null when the mode is missing or is none, which shows the usage (launcher.md §1).
 * Throws a `ParameterError` for what cannot be bound at all.
 */
export function parseLauncherArguments(argv: readonly string[]): LauncherArguments | null {
  const { parameters, options } = bindParameters(argv);
  const modeText = parameters.get("Mode") ?? "";
  const mode = tosModes.find((known) => known === modeText.toLowerCase());
  if (mode === undefined) return null;
  const root = parameters.get("Root") ?? null;
  if (root === "") throw new ParameterError("the parameter -Root is empty; expected the project's folder");
  return {
    ...parseProvenance(options),
    mode,
    modeText,
    root,
    clean: parameters.get("Clean") === "true",
    summaryFile: parameters.get("SummaryFile") ?? "",
    checkpointName: parameters.get("CheckpointName") ?? "",
    targetCommit: parameters.get("TargetCommit") ?? "",
  };
}

/** Reads the console's own options. Throws a `ParameterError`. */
export function parseProvenance(options: ReadonlyMap<OptionName, readonly string[]>): Provenance {
  const only = (name: OptionName): string | null => options.get(name)?.[0] ?? null;
  const runId = only("run-id");
  if (runId !== null && !isRunId(runId))
    throw new ParameterError(
      `--run-id "${runId.slice(0, 100)}": expected an identifier like 20261121T045200Z-1f3a`,
    );
  const from = only("from") ?? "command line";
  if (from !== "window" && from !== "command line")
    throw new ParameterError(`--from "${from}": expected window or command line`);
  return {
    runId,
    from,
    reason: (only("reason") ?? "").trim().slice(0, 500),
    acknowledgements: (options.get("acknowledge") ?? []).map(readAcknowledgement),
    previewId: only("preview-id"),
  };
}

function readAcknowledgement(text: string): Acknowledgement {
  try {
    return parseAcknowledgement(text);
  } catch (error) {
    throw new ParameterError((error as Error).message);
  }
}

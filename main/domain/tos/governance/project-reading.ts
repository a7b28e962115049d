import type { TosSettings } from "#contract/tos/settings";
import type { StepRow, TosView } from "#contract/tos/view";
import type { Json } from "../../json";
import type { ConfigCheck } from "../config-check/check-config";
import type { AcknowledgedEntry } from "../runs/acknowledged";

/** A file as it was found; its text as far as it is text. */
export interface TextFile {
  /** Relative to the project's root with `/`, or absolute where the configuration leads out of it. */
  readonly path: string;
  readonly state: "missing" | "read" | "unreadable";
  /** Of an unreadable file as much as there is to look at: its beginning, or text with marks where it is none. */
  readonly text: string;
  readonly bytes: number;
  /** 0 when missing. */
  readonly modifiedUnixMs: number;
  /** Why it could not be used, in one line that names the file; empty when it could, or is missing. */
  readonly problem: string;
}

/** A file that should hold one JSON value. */
export interface JsonFile extends TextFile {
  /** Undefined when the file is missing, unreadable or no JSON. */
  readonly value: Json | undefined;
}

/** A step log, reduced to what a list, the rules and the reactions need. */
export interface StepLogReading {
  /** Relative to the project's root. */
  readonly path: string;
  readonly row: StepRow;
  /** Number in the file's name; null for a name such as `step_abc.json`. */
  readonly number: number | null;
  /** How its shape differs from spec/tos/orchestrator.md §12, one line each. */
  readonly shape: readonly string[];
}

/** A program of the project that must be as it was published (spec/tos/governance.md §3, G23 and G24). */
export interface ProgramFile {
  readonly path: string;
  readonly state: "missing" | "read" | "unreadable";
  /** Git blob id of its content with LF line ends; null unless read. */
  readonly blobId: string | null;
  readonly problem: string;
}

/** A file in which the literal value of an API key stands. Which, never what. */
export interface KeyLeak {
  readonly path: string;
  readonly key: string;
}

/** Everything a TOS project's files say, as of one moment. No key and no secret is in it but what the files themselves hold. */
export interface ProjectReading {
  readonly root: string;
  readonly readUnixMs: number;
  readonly settings: TosSettings;
  /** What is wrong with `.gatehouse/tos.json` or its replies; empty when nothing is. */
  readonly settingsProblem: string;
  readonly keys: TosView["keys"];
  readonly config: { readonly file: TextFile; readonly digest: string; readonly check: ConfigCheck };
  readonly phaseState: JsonFile;
  /** In order of their file names. */
  readonly steps: readonly StepLogReading[];
  /** Why not all step logs are there to be looked at; empty when they are. */
  readonly stepsProblem: string;
  readonly phaseSummary: JsonFile;
  /** Null when no input is configured. */
  readonly jobInput: JsonFile | null;
  readonly jobResult: JsonFile;
  readonly lastRun: { readonly json: JsonFile; readonly text: TextFile };
  /** Whether the file is there whose content decides that the goal is reached (spec/tos/orchestrator.md §9). */
  readonly resultPresent: boolean;
  /** First line of `tos_python_path.txt`, null without the file, and whether something lies there. */
  readonly python: { readonly path: string | null; readonly present: boolean };
  readonly programs: readonly ProgramFile[];
  readonly closeoutPresent: boolean;
  /** Files below the run folders that git tracks, at most 20; null where git could not be asked. */
  readonly trackedRunFiles: readonly string[] | null;
  readonly leaks: readonly KeyLeak[];
  /** Files that were not searched to their end for key values. */
  readonly unsearched: readonly string[];
  readonly acknowledged: readonly AcknowledgedEntry[];
}

import type { SurfaceId } from "#contract/identity";
import type { PhaseId } from "#contract/rollout/vocabulary";

/**
 * A history as its files hold it: lines of logs, objects of JSON files. Observations are derived from it
 * (`derive.ts`), and it is what changes when "the cited record" is changed (`mend.ts`).
 */
export interface World {
  readonly phase: PhaseId;
  readonly tolerance: number;
  /** Whether the profile demands G13, with rules of its own. */
  readonly extras: boolean;
  readonly checks: number;
  readonly surfaces: Record<SurfaceId, SurfaceFiles>;
  readonly browser: BrowserSummary[];
  harnessReport: "passed" | "one-failed" | "early-stop" | "wrong-set" | "missing" | "unreadable";
  harnessManifest: "good" | "old" | "no-skip-build" | "missing";
  ci: { state: "ok" | "missing" | "unreadable"; conclusion: string; isOtherCommit: boolean };
  show: "good" | "none" | "not-a-version" | "missing" | "unreadable";
  control: "running" | "paused" | "missing" | "unreadable";
  hook: "none" | "done" | "failed" | "attempted" | "intended";
  checklist: "ok" | "missing" | "unreadable";
  /** One slot for each of the sixteen items; null where the file has no such item. */
  readonly items: (ChecklistSlot | null)[];
}

export interface ChecklistSlot {
  checked: boolean;
  evidence: string[];
}

/** `state.json` as one check saw it. Two checks may see the very same version of it. */
export interface StateVersion {
  state: "ok" | "missing" | "unreadable";
  streak: number;
  failed: number;
  queue: number;
  /** Null: it does not say. */
  writtenMs: number | null;
}

/** A log: what each line reports, and how many lines it had at each moment of the history. */
export interface LogFile {
  readonly lines: string[][];
  /** Lines at canary-1 entry, at canary-3 entry, at phase entry, and at each check. */
  readonly cuts: readonly number[];
  /** What the last check finds instead: all of it, nothing, bytes, a beginning of it, or a new log. */
  trouble: "whole" | "missing" | "unreadable" | "cut-short" | "renewed";
  readonly renewed: string[][];
  readonly shortLines: number;
}

export interface SurfaceFiles {
  readonly versions: readonly StateVersion[];
  /** Null: a browser that never had one. */
  readonly log: LogFile | null;
}

export interface BrowserStep {
  replayStep: string;
  statusCode: number;
  errorCode: string;
}

/** The browser's summary as one check saw it. */
export interface BrowserSummary {
  state: "ok" | "missing" | "unreadable";
  retryable: number;
  malformed: number;
  writtenMs: number | null;
  readonly steps: BrowserStep[];
}

/** Milliseconds between two checks of a history; the phase was entered this long before the first. */
export const intervalMs = 300_000;

/** Codes the profile's extra rules want to see in each phase, and those it wants not to. */
export const advancing: Readonly<Record<SurfaceId, readonly string[]>> = {
  voice: ["wake_word_detected", "turns_handled"],
  "browser-automation": [],
  dashboard: ["widget_views_updated"],
  "custom-command": [],
  memory: [],
};
export const flat: Readonly<Record<SurfaceId, readonly string[]>> = {
  voice: [],
  "browser-automation": [],
  dashboard: [],
  "custom-command": ["command_rejected"],
  memory: ["duplicates_observed"],
};

/** The phase's baseline, then the checks. */
export const phaseCut = 2;
export const checkCut = (check: number): number => phaseCut + 1 + check;

export const isCanary = ({ phase }: World): boolean => phase !== "preflight";

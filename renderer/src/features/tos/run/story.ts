import type { JudgedCommand, ProgressEntry, ProgressEvent } from "#contract/tos/progress";

/** What a step goes through, in order: three models, the policy, and its commands. */
export const storyStages = ["draft", "review", "final", "policy", "execute"] as const;
export type StoryStage = (typeof storyStages)[number];

/**
 * `ahead`: not reached. `now`: under way. `passed`, `failed`, `denied`: how it ended. `cut-off`: the run ended while it
 * was under way.
 */
export type StageState = "ahead" | "now" | "passed" | "failed" | "denied" | "cut-off";

/** One stage of a step. */
export interface StageStory {
  readonly stage: StoryStage;
  readonly state: StageState;
  readonly sinceUnixMs: number | null;
  readonly endedUnixMs: number | null;
  /** In words, for example `gpt-4o-mini, attempt 2 of 3` (the first goes without saying); empty for nothing. */
  readonly detail: string;
}

/** One command as the policy judged it, and what became of it. */
export interface CommandStory extends JudgedCommand {
  /** `skipped`: allowed, and the step ended without it. `cut-off`: the run ended while it ran. */
  readonly state: "denied" | "waiting" | "running" | "skipped" | "cut-off" | CommandOutcome;
  readonly returnCode: number | null;
  readonly detail: string;
  readonly startedUnixMs: number | null;
  readonly endedUnixMs: number | null;
  readonly droppedBytes: number;
}
type CommandOutcome = Extract<ProgressEvent, { kind: "command-ended" }>["outcome"];

/** One step of a run. */
export interface StepStory {
  readonly step: number;
  readonly maximumSteps: number;
  readonly startedUnixMs: number;
  readonly stages: readonly StageStory[];
  readonly commands: readonly CommandStory[];
  /** Nothing of it follows any more. */
  readonly over: boolean;
}

interface Draft {
  over: boolean;
  readonly step: number;
  readonly maximumSteps: number;
  readonly startedUnixMs: number;
  readonly stages: Record<StoryStage, StageStory>;
  commands: CommandStory[];
}

function aheadStages(): Record<StoryStage, StageStory> {
  const ahead = (stage: StoryStage): StageStory => ({
    stage,
    state: "ahead",
    sinceUnixMs: null,
    endedUnixMs: null,
    detail: "",
  });
  return {
    draft: ahead("draft"),
    review: ahead("review"),
    final: ahead("final"),
    policy: ahead("policy"),
    execute: ahead("execute"),
  };
}

function begin(draft: Draft, stage: StoryStage, unixMs: number): void {
  const before = storyStages.slice(0, storyStages.indexOf(stage));
  for (const earlier of before)
    if (draft.stages[earlier].state === "now") end(draft, earlier, "passed", unixMs);
  draft.stages[stage] = { ...draft.stages[stage], state: "now", sinceUnixMs: unixMs, endedUnixMs: null };
}

function end(draft: Draft, stage: StoryStage, state: StageState, unixMs: number, detail?: string): void {
  const known = draft.stages[stage];
  draft.stages[stage] = {
    ...known,
    state,
    sinceUnixMs: known.sinceUnixMs ?? unixMs,
    endedUnixMs: unixMs,
    detail: detail ?? known.detail,
  };
}

function describe(draft: Draft, stage: StoryStage, detail: string): void {
  draft.stages[stage] = { ...draft.stages[stage], detail };
}

function judge(draft: Draft, commands: readonly JudgedCommand[], unixMs: number): void {
  begin(draft, "policy", unixMs);
  draft.commands = commands.map((command) => ({
    ...command,
    state: command.allowed ? "waiting" : "denied",
    returnCode: null,
    detail: "",
    startedUnixMs: null,
    endedUnixMs: null,
    droppedBytes: 0,
  }));
  const denied = commands.filter(({ allowed }) => !allowed).length;
  const all = commands.length > 0 && denied === commands.length;
  end(
    draft,
    "policy",
    all ? "denied" : "passed",
    unixMs,
    `${commands.length - denied} allowed, ${denied} denied`,
  );
}

function change(draft: Draft, index: number, changes: Partial<CommandStory>): void {
  draft.commands = draft.commands.map((command) =>
    command.index === index ? { ...command, ...changes } : command,
  );
}

function takeInStep(draft: Draft, event: ProgressEvent, unixMs: number): void {
  switch (event.kind) {
    case "stage-started":
      begin(draft, event.stage, unixMs);
      break;
    case "model-called": {
      const prompt = event.prompt > 1 ? `, prompt ${event.prompt}` : "";
      const attempt = event.attempt > 1 ? `, attempt ${event.attempt} of ${event.attempts}` : "";
      describe(draft, event.role, `${event.model}${prompt}${attempt}`);
      break;
    }
    case "model-failed":
      // The last attempt of one prompt ends the role only when no other prompt follows: the next event tells.
      describe(draft, event.role, event.detail);
      break;
    case "commands-judged":
      judge(draft, event.commands, unixMs);
      break;
    case "command-started":
      if (draft.stages.execute.state !== "now") begin(draft, "execute", unixMs);
      change(draft, event.index, { state: "running", startedUnixMs: unixMs });
      break;
    case "command-ended": {
      const { detail, droppedBytes, outcome, returnCode } = event;
      change(draft, event.index, { state: outcome, returnCode, detail, droppedBytes, endedUnixMs: unixMs });
      break;
    }
    default:
      break;
  }
}

const modelStages: readonly StoryStage[] = ["draft", "review", "final"];

/** Ends what the step was at when nothing of it follows any more. */
function close(draft: Draft, unixMs: number, ended: string | null): void {
  draft.over = true;
  draft.commands = draft.commands.map((command) => {
    if (command.state === "waiting") return { ...command, state: "skipped" };
    return command.state === "running" ? { ...command, state: "cut-off", endedUnixMs: unixMs } : command;
  });
  for (const stage of storyStages) {
    if (draft.stages[stage].state !== "now") continue;
    const failed = ended !== null && modelStages.includes(stage) && ended.startsWith("fatal_error");
    const cut = ended !== null && !failed && /^(cancelled|$)/.test(ended);
    end(draft, stage, failed ? "failed" : cut ? "cut-off" : "passed", unixMs);
  }
}

/**
 * The steps of a run as its progress tells them. `gone`: the process is no more without having said that it ended, so
 * that what was under way is cut off. Progress that begins in the middle (its beginning is no longer kept) begins with
 * the first step it names.
 */
export function stepStories(entries: readonly ProgressEntry[], gone: boolean): readonly StepStory[] {
  const drafts: Draft[] = [];
  for (const { event, unixMs } of entries) {
    const last = drafts.at(-1);
    if (event.kind === "step-started") {
      if (last !== undefined) close(last, unixMs, null);
      const { maximumSteps, step } = event;
      drafts.push({
        step,
        maximumSteps,
        startedUnixMs: unixMs,
        stages: aheadStages(),
        commands: [],
        over: false,
      });
    } else if (event.kind === "ended") {
      if (last !== undefined) close(last, unixMs, event.endReason);
    } else if (last !== undefined) takeInStep(last, event, unixMs);
  }
  const [newest, lastEntry] = [drafts.at(-1), entries.at(-1)];
  if (gone && newest !== undefined && lastEntry !== undefined && lastEntry.event.kind !== "ended")
    close(newest, lastEntry.unixMs, "");
  return drafts.map(({ stages, ...draft }) => ({
    ...draft,
    stages: storyStages.map((stage) => stages[stage]),
  }));
}

/** Whether a step ended before its draft, as the one does at whose head the goal is found to be met. */
export function endedUnbegun(story: StepStory): boolean {
  return story.over && story.stages.every(({ state }) => state === "ahead");
}

/** The index of the newest step that has something to tell; -1 when there is no step. */
export function newestTelling(steps: readonly StepStory[]): number {
  const last = steps.at(-1);
  const isEmpty = last !== undefined && steps.length > 1 && endedUnbegun(last);
  return steps.length - (isEmpty ? 2 : 1);
}

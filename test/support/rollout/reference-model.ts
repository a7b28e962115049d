import type { Instant } from "#contract/rollout/observation";

/**
 * What a rollout may do, written a second time and simpler, to hold the engine against. It shares no code with it: it
 * is told what kind of check was taken, and knows nothing of rules, verdicts or events.
 */
export type CheckKind = "pass" | "fail" | "stale" | "missing" | "trigger";
export type Standing = "runs" | "complete" | "blocked" | "aborted" | "rolls back";
type Hook = "none" | "wanted" | "running" | "broken" | "given";

export interface Model {
  /** 0 for preflight to 4 for general availability. */
  phase: number;
  standing: Standing;
  paused: boolean;
  creditMs: number;
  countingFrom: Instant | null;
  /** Last check of the phase: whether everything passed, and when it was. */
  last: { passed: boolean; at: Instant } | null;
  missingInARow: number;
  enteredUnixMs: number;
  hook: Hook;
  tries: number;
}

export interface ModelSettings {
  readonly intervalMs: number;
  readonly soakMs: number;
  readonly attempts: number | null;
}

const percents = [0, 5, 25, 50, 100] as const;

export const newModel = (at: Instant): Model => ({
  phase: 0,
  standing: "runs",
  paused: false,
  creditMs: 0,
  countingFrom: null,
  last: null,
  missingInARow: 0,
  enteredUnixMs: at.unixMs,
  hook: "none",
  tries: 0,
});

export const percentOf = ({ standing, phase }: Model): number =>
  standing === "rolls back" ? 0 : (percents[phase] ?? Number.NaN);

const stop = (model: Model): Model => ({ ...model, countingFrom: null });
const want = (settings: ModelSettings): Pick<Model, "hook" | "tries"> => ({
  hook: settings.attempts === null ? "none" : "wanted",
  tries: 0,
});
const hookIsDone = ({ hook }: Model): boolean => hook === "none" || hook === "given";
const end = (model: Model, standing: Standing): Model => ({
  ...stop(model),
  standing,
  paused: false,
});
const rollBack = (model: Model, settings: ModelSettings): Model => ({
  ...end(model, "rolls back"),
  ...want(settings),
});

export function afterCheck(model: Model, kind: CheckKind, at: Instant, settings: ModelSettings): Model {
  if (model.standing !== "runs") return model;
  if (model.phase === 0) {
    if (kind === "trigger") return end(model, "blocked");
    return { ...model, last: { passed: kind === "pass" || kind === "missing", at } };
  }
  const isOld = at.unixMs < model.enteredUnixMs;
  // A streak triggers whatever its age; fresh, it breaks a gate as well, and the evidence before it is void.
  if (kind === "trigger") return { ...rollBack(model, settings), creditMs: isOld ? model.creditMs : 0 };
  // A sample written before the phase was entered is old, whatever it says.
  const seen = kind !== "missing" && isOld ? "stale" : kind;
  const missingInARow =
    seen === "missing" ? model.missingInARow + 1 : seen === "stale" ? model.missingInARow : 0;
  const next: Model = { ...model, missingInARow, last: { passed: seen === "pass" && hookIsDone(model), at } };
  if (seen === "missing" && missingInARow >= 2) return { ...rollBack(next, settings), creditMs: 0 };
  if (seen === "fail" || seen === "missing") return { ...stop(next), creditMs: 0 };
  if (seen === "stale" || model.paused || !hookIsDone(model)) return stop(next);
  const from = model.countingFrom;
  const gapMs = from === null || from.session !== at.session ? 0 : at.monotonicMs - from.monotonicMs;
  return {
    ...next,
    creditMs: model.creditMs + Math.min(gapMs, 2 * settings.intervalMs),
    countingFrom: at,
  };
}

export function mayPromote(model: Model, now: Instant, settings: ModelSettings): boolean {
  const { last } = model;
  return (
    model.standing === "runs" &&
    !model.paused &&
    hookIsDone(model) &&
    last !== null &&
    last.passed &&
    last.at.session === now.session &&
    now.monotonicMs - last.at.monotonicMs <= 2 * settings.intervalMs &&
    (model.phase === 0 || model.creditMs >= settings.soakMs)
  );
}

export type ModelCommand = "pause" | "resume" | "promote" | "abort" | "rollback" | "retry-hook";

/** The model after a command, and whether it may be done; a pause of what is paused may, and changes nothing. */
export function afterCommand(
  model: Model,
  command: ModelCommand,
  now: Instant,
  settings: ModelSettings,
): { model: Model; done: boolean } {
  const refused = { model, done: false };
  const runs = model.standing === "runs";
  switch (command) {
    case "pause":
      if (!runs) return refused;
      return { model: model.paused ? model : { ...stop(model), paused: true }, done: true };
    case "resume":
      if (!runs) return refused;
      return { model: model.paused ? { ...stop(model), paused: false } : model, done: true };
    case "abort":
      return runs ? { model: end(model, "aborted"), done: true } : refused;
    case "rollback":
      return model.phase > 0 && (runs || model.standing === "aborted")
        ? { model: rollBack(model, settings), done: true }
        : refused;
    case "retry-hook":
      return model.hook === "broken" && (runs || model.standing === "rolls back")
        ? { model: { ...model, hook: "wanted", tries: 0 }, done: true }
        : refused;
    case "promote": {
      if (!mayPromote(model, now, settings)) return refused;
      if (model.phase === 4) return { model: end(model, "complete"), done: true };
      const entered: Model = {
        ...model,
        phase: model.phase + 1,
        creditMs: 0,
        countingFrom: null,
        last: null,
        enteredUnixMs: now.unixMs,
        ...want(settings),
      };
      return { model: entered, done: true };
    }
  }
}

export function afterAttempt(model: Model, { attempts }: ModelSettings): Model {
  const wanted = model.hook === "wanted" || model.hook === "running";
  if (!wanted || !(model.standing === "runs" || model.standing === "rolls back")) return model;
  return model.tries < (attempts ?? 0)
    ? { ...model, hook: "running", tries: model.tries + 1 }
    : { ...model, hook: "broken" };
}

export function afterResult(model: Model, ok: boolean, { attempts }: ModelSettings): Model {
  if (model.hook !== "running") return model;
  if (ok) return { ...model, hook: "given" };
  const wanted = model.standing === "runs" || model.standing === "rolls back";
  return { ...model, hook: model.tries < (attempts ?? 0) && wanted ? "wanted" : "broken" };
}

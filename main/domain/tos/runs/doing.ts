import type { ProgressEvent } from "#contract/tos/progress";

/** The last call of a model before an event. */
export type ModelCalled = Extract<ProgressEvent, { kind: "model-called" }>;

/** What a run is at after an event, in words; null when the event says nothing of that. */
export function doingAfter(event: ProgressEvent, lastCalled: ModelCalled | null): string | null {
  switch (event.kind) {
    case "started":
      return "starting";
    case "step-started":
      return `step ${event.step} of ${event.maximumSteps}`;
    case "stage-started":
      return event.stage;
    case "model-called": {
      const prompt = event.prompt > 1 ? `, prompt ${event.prompt}` : "";
      return `${event.role}: waiting for ${event.model}${prompt}, attempt ${event.attempt} of ${event.attempts}`;
    }
    case "model-failed":
      return event.retryAfterMs === null
        ? `${event.role}: failed, ${event.detail}`
        : `${event.role}: waiting ${event.retryAfterMs / 1_000} s before ${nextAttempt(lastCalled)}`;
    case "commands-judged": {
      const denied = event.commands.filter(({ allowed }) => !allowed).length;
      return `execute: ${event.commands.length - denied} commands allowed, ${denied} denied`;
    }
    case "command-started":
      return `execute: ${firstLine(event.code)}`;
    case "command-ended":
      return `execute: the command ${endings[event.outcome]}${codeOf(event.returnCode)}`;
    case "cancelling":
      return `being cancelled by ${event.operator}: ${event.reason}`;
    case "git":
      return event.command;
    case "line":
    case "command-output":
    case "file-written":
    case "recovery-kept":
    case "ended":
      return null;
  }
}

const endings = {
  exited: "ended",
  "timed-out": "took too long",
  cancelled: "was cancelled",
  "not-started": "could not be started",
  "unreadable-output": "printed what is no text",
} as const;

function codeOf(returnCode: number | null): string {
  return returnCode === null ? "" : ` with ${returnCode}`;
}

function nextAttempt(called: ModelCalled | null): string {
  return called === null ? "the next attempt" : `attempt ${called.attempt + 1} of ${called.attempts}`;
}

function firstLine(code: string): string {
  const [line = ""] = code.split("\n", 1);
  return line.length > 80 || line.length < code.length ? `${line.slice(0, 80)} …` : line;
}

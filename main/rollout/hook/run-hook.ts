import { UsageError } from "../../cli/failure";
import { commandEnvironment } from "../../drivers/environment";
import { startProgram, type ProgramEnd, type RunningProgram } from "../../drivers/process";
import { describeEnd } from "../../drivers/run-end";
import { systemClock } from "../../system/clock";
import { processStartTime } from "../../system/process-identity";
import { hookPlanSchema, type HookPlan } from "./plan";
import { beginAttempt, keptOutput, updateAttempt, type Attempt, type ProcessIdentity } from "./receipt";

/**
 * `gatehouse rollout-hook PLAN`: performs one attempt of the percent hook in a process of its own, so that a console
 * that dies meanwhile neither repeats nor forgets it. Begins the attempt on disk, runs the program, and leaves a
 * receipt. Returns 0 when a receipt was left, whatever it says; an attempt somebody else has begun is left alone.
 */
export async function runHook(argv: readonly string[]): Promise<number> {
  const plan = parsePlan(argv);
  const begun: Attempt = {
    schemaVersion: 1,
    effectId: plan.effectId,
    attempt: plan.attempt,
    runner: identityOf(process.pid),
    program: null,
    startedUnixMs: Math.floor(systemClock.nowUnixMs()),
    result: null,
  };
  let program: RunningProgram | null = null;
  let cancelled = false;
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const)
    process.on(signal, () => {
      cancelled = true;
      program?.cancel();
    });
  if (!(await beginAttempt(plan.path, begun))) return 0;
  // A wish to stop that came while the attempt was being written down is heard before anything has run.
  if (cancelled) return leaveReceipt(plan, begun, { kind: "cancelled" }, "");

  program = startProgram(
    {
      program: plan.program,
      args: plan.args,
      directory: plan.directory,
      environment: commandEnvironment(process.env, plan.environment),
      timeoutMs: plan.timeoutMs,
    },
    systemClock,
    () => undefined,
  );
  const running: Attempt = { ...begun, program: program.pid === undefined ? null : identityOf(program.pid) };
  await updateAttempt(plan.path, running);
  const end = await program.ended;
  return leaveReceipt(plan, running, end, lastOutput(program));
}

function parsePlan([text = ""]: readonly string[]): HookPlan {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError("rollout-hook is for the console itself: it takes one plan, as JSON");
  }
  return hookPlanSchema.parse(value);
}

function identityOf(pid: number): ProcessIdentity {
  return { pid, startTime: processStartTime(pid) };
}

async function leaveReceipt(
  plan: HookPlan,
  attempt: Attempt,
  end: ProgramEnd,
  output: string,
): Promise<number> {
  const context = {
    lastWords: "",
    timeoutMs: plan.timeoutMs,
    cancelReason: "It was ended because a newer percent took its place",
  };
  const { outcome, exitCode, detail } = describeEnd(end, context);
  await updateAttempt(plan.path, {
    ...attempt,
    result: {
      finishedUnixMs: Math.floor(systemClock.nowUnixMs()),
      ok: outcome === "succeeded",
      exitCode,
      detail,
      output,
    },
  });
  return 0;
}

/** The last characters the hook printed on either stream, in the order they were read. */
function lastOutput(program: RunningProgram): string {
  return program.output
    .after(0)
    .map(({ text }) => text)
    .join("\n")
    .slice(-keptOutput);
}

import { setTimeout as delay } from "node:timers/promises";
import { chromium, type Browser, type Page } from "playwright";
import type { Clock } from "#domain/clock";
import { ContractError } from "#domain/contract-error";
import { browserErrorCode, browserErrorStatus } from "#domain/browser-live/error-codes";
import { refuseRequest, type ExecutorRequest, type Refusal } from "#domain/browser-live/executor-request";
import { answersDebugging } from "./browser-process";
import {
  act,
  captureDom,
  captureScreenshot,
  firstLine,
  navigate,
  snapshot,
  type OperationOutcome,
} from "./page-operations";
import { replacePages } from "./page-recovery";
import { readSession, writeSession, type BrowserSession } from "./session-file";
import { ActionTrace } from "./trace";

/** What `execute-action` prints, keys in the protocol's order (spec/tau/live-run.md §4). */
export interface ExecutorResponse {
  readonly status_code: number;
  readonly error_code: string;
  readonly response_body: Readonly<Record<string, unknown>>;
  readonly artifacts: {
    readonly dom_snapshot_html: string;
    readonly screenshot_svg: string;
    readonly trace_json: string;
  };
}

const viewport = { width: 1280, height: 800 };
const connectDeadlineMs = 10_000;
const captureDeadlineMs = 3_000;
const noAnswer = Symbol("no answer in time");

/**
 * Does one request in the browser of the session file and returns the protocol's answer, with evidence. A request that
 * fails is an answer too; it rejects with a `ContractError` only when there is no browser to ask.
 */
export async function executeAction(
  sessionPath: string,
  request: ExecutorRequest,
  clock: Clock,
): Promise<ExecutorResponse> {
  const session = await readSession(sessionPath);
  if (session === null)
    throw new ContractError(`no browser session in ${sessionPath}: run start-session first`);
  const trace = new ActionTrace(request, clock);
  const refusal = refuseRequest(request);
  if (refusal !== null) return answerRefusal(refusal, trace, "");
  const { port } = session;
  if (port === null || !(await answersDebugging(port)))
    throw new ContractError("the browser of this session is gone: run start-session again");

  const connection = await connect(port);
  if (connection === noAnswer) {
    await replacePages(port);
    return answerRefusal({ reason: "timeout", detail: "the page does not answer" }, trace, "");
  }
  const { browser, page } = connection;
  try {
    trace.watch(page);
    const outcome = await runOperation(page, request, session, trace, clock);
    if (!browser.isConnected() || !(await answersDebugging(port)))
      throw new ContractError("the browser of this session went away during the action");
    const response = await answer(outcome, page, request, trace, browser.version());
    if ("body" in outcome && request.operation === "snapshot")
      await writeSession(sessionPath, { ...session, snapshots: session.snapshots + 1 });
    if (response.error_code === browserErrorCode("timeout") && !(await responds(page)))
      await replacePages(port);
    return response;
  } finally {
    // Of a browser that was connected to, `close` only ends the connection.
    await within(browser.close(), 2_000);
  }
}

async function connect(port: number): Promise<{ browser: Browser; page: Page } | typeof noAnswer> {
  const opening = (async () => {
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, {
      timeout: connectDeadlineMs,
    });
    const context = browser.contexts()[0] ?? (await browser.newContext());
    const page = context.pages()[0] ?? (await context.newPage());
    await page.setViewportSize(viewport);
    return { browser, page };
  })();
  try {
    return await within(opening, connectDeadlineMs);
  } catch (error) {
    if (await answersDebugging(port)) return noAnswer;
    throw new ContractError("the browser of this session is gone", { cause: error });
  }
}

async function runOperation(
  page: Page,
  request: ExecutorRequest,
  session: BrowserSession,
  trace: ActionTrace,
  clock: Clock,
): Promise<OperationOutcome> {
  const deadline = clock.monotonicMs() + request.timeout_ms;
  const remaining = () => Math.max(1, Math.ceil(deadline - clock.monotonicMs()));
  trace.add("started");
  const operation = (async (): Promise<OperationOutcome> => {
    switch (request.operation) {
      case "navigate":
        return navigate(page, request, remaining);
      case "snapshot":
        return snapshot(page, session.snapshots + 1);
      default:
        return act(page, request, remaining);
    }
  })();
  try {
    // Not everything that is asked of a page keeps a deadline of its own.
    const outcome = await within(operation, request.timeout_ms + 500);
    if (outcome !== noAnswer) {
      trace.add("finished");
      return outcome;
    }
  } catch (error) {
    const message = firstLine(error instanceof Error ? error.message : String(error));
    trace.add("failed", { message });
    if (!(error instanceof Error) || error.name !== "TimeoutError")
      return { refusal: { reason: "backend_unavailable", detail: message } };
  }
  trace.add("timed_out");
  return {
    refusal: { reason: "timeout", detail: `${request.operation} took longer than ${request.timeout_ms} ms` },
  };
}

async function answer(
  outcome: OperationOutcome,
  page: Page,
  request: ExecutorRequest,
  trace: ActionTrace,
  browserVersion: string,
): Promise<ExecutorResponse> {
  // As in the reference, an action is shown by a picture and its trace; the DOM belongs to navigation and snapshots.
  // It is read first: taking a picture touches the style of what has the caret.
  const wantsDom = "body" in outcome && request.operation !== "action";
  const dom = wantsDom ? await evidence(captureDom(page), "dom_snapshot", trace) : "";
  const screenshot = await evidence(captureScreenshot(page, captureDeadlineMs), "screenshot", trace);
  if ("refusal" in outcome) {
    const response = answerRefusal(outcome.refusal, trace, browserVersion);
    return { ...response, artifacts: { ...response.artifacts, screenshot_svg: screenshot } };
  }
  return {
    status_code: 200,
    error_code: "",
    response_body: outcome.body,
    artifacts: {
      dom_snapshot_html: dom,
      screenshot_svg: screenshot,
      trace_json: trace.print(browserVersion),
    },
  };
}

function answerRefusal(refusal: Refusal, trace: ActionTrace, browserVersion: string): ExecutorResponse {
  const { reason, detail } = refusal;
  trace.add("refused", { reason, detail });
  const status = browserErrorStatus(reason);
  return {
    status_code: status,
    error_code: browserErrorCode(reason),
    response_body: { status: status >= 500 ? "retryable" : "rejected", reason, detail },
    artifacts: { dom_snapshot_html: "", screenshot_svg: "", trace_json: trace.print(browserVersion) },
  };
}

/** Evidence that cannot be had is missing, and the trace says so; it never changes the answer. */
async function evidence(capture: Promise<string>, name: string, trace: ActionTrace): Promise<string> {
  try {
    const captured = await within(capture, captureDeadlineMs);
    if (captured !== noAnswer) return captured;
    trace.add("artifact_missing", { name, message: `took longer than ${captureDeadlineMs} ms` });
  } catch (error) {
    const message = firstLine(error instanceof Error ? error.message : String(error));
    trace.add("artifact_missing", { name, message });
  }
  return "";
}

async function responds(page: Page): Promise<boolean> {
  return within(page.title(), 1_000).then(
    (title) => title !== noAnswer,
    () => false,
  );
}

/** The promise's result, or `noAnswer` when it takes longer; what it does after that is ignored. */
async function within<Result>(work: Promise<Result>, deadlineMs: number): Promise<Result | typeof noAnswer> {
  const timer = new AbortController();
  const late = delay(deadlineMs, noAnswer, { signal: timer.signal }).catch(() => noAnswer);
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late as Promise<typeof noAnswer>]);
  } finally {
    timer.abort();
  }
}

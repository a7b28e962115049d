import { closeSync, fstatSync, fsyncSync, mkdirSync, openSync, readSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { BridgeError } from "#contract/envelope";
import type { SurfaceId } from "#contract/identity";
import type { TosOperation } from "#contract/tos/vocabulary";
import type { Clock } from "#domain/clock";
import { operatorName } from "./system/operator";

/** What an operator did: one line of `.gatehouse/operator-log.jsonl`. */
interface OperatorAction {
  action: "start" | "stop" | "run" | "cancel" | "configure" | "acknowledge" | TosOperation;
  /** What it was done to: a surface, or the TOS project. */
  surface: SurfaceId | "tos";
  /** Why, in the operator's words; empty where the action asks for none. */
  reason: string;
  /** What it did, for example `run voice-7 begun`. */
  effect: string;
}

/** Appends actions; an action is on disk before the call returns, so that it can be announced afterwards. */
export interface OperatorLog {
  readonly path: string;
  /** Throws a `BridgeError` (`unavailable`) when the line cannot be written. */
  append(action: OperatorAction): void;
}

/** A line cut off by a crash must not swallow the next one. */
function endsInsideLine(descriptor: number): boolean {
  const { size } = fstatSync(descriptor);
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  readSync(descriptor, last, 0, 1, size - 1);
  return last[0] !== 0x0a;
}

/** The operator log of a workspace: append-only JSON lines `{unixMs, who, action, surface, reason, effect}`. */
export function createOperatorLog(workspacePath: string, clock: Clock): OperatorLog {
  const path = join(workspacePath, ".gatehouse", "operator-log.jsonl");
  return {
    path,
    append({ action, surface, reason, effect }) {
      const entry = { unixMs: clock.nowUnixMs(), who: operatorName(), action, surface, reason, effect };
      try {
        mkdirSync(dirname(path), { recursive: true });
        const descriptor = openSync(path, "a+");
        try {
          const line = `${endsInsideLine(descriptor) ? "\n" : ""}${JSON.stringify(entry)}\n`;
          writeSync(descriptor, line);
          fsyncSync(descriptor);
        } finally {
          closeSync(descriptor);
        }
      } catch (error) {
        throw new BridgeError("unavailable", `The operator log ${path} cannot be written.`, [
          (error as Error).message,
        ]);
      }
    },
  };
}

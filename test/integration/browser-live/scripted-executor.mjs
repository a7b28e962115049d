#!/usr/bin/env node
/**
 * An executor that answers by a script instead of a browser. `SCRIPTED_EXECUTOR` names a folder: `script.json` there has
 * the answers, by subcommand, and for `execute-action` by operation; every call is appended to `calls.jsonl`.
 */
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const folder = process.env.SCRIPTED_EXECUTOR;
const [subcommand, payload] = process.argv.slice(2);
const request = payload === undefined ? null : JSON.parse(payload);
appendFileSync(
  join(folder, "calls.jsonl"),
  `${JSON.stringify({ subcommand, request, sessionFile: process.env.GATEHOUSE_BROWSER_SESSION_FILE })}\n`,
);
const script = JSON.parse(readFileSync(join(folder, "script.json"), "utf8"));
const answer = script[request === null ? subcommand : request.operation] ?? { stdout: '{"status":"ok"}' };
if (answer.stderr !== undefined) process.stderr.write(answer.stderr);
if (answer.json !== undefined) process.stdout.write(JSON.stringify(answer.json));
if (answer.stdout !== undefined) process.stdout.write(answer.stdout);
while (answer.hangUntil !== undefined && !existsSync(join(folder, answer.hangUntil))) await delay(10);
process.exitCode = answer.exitCode ?? 0;

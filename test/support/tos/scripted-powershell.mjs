#!/usr/bin/env node
// Stands for `powershell`: answers its calls in order from shell.json of the folder TOS_SCRIPTED_SHELL and notes each.
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";

const folder = process.env.TOS_SCRIPTED_SHELL;
const calls = join(folder, "calls.jsonl");
const number = existsSync(calls) ? readFileSync(calls, "utf8").trimEnd().split("\n").length : 0;
const entry = JSON.parse(readFileSync(join(folder, "shell.json"), "utf8"))[number] ?? {};
const call = {
  n: number,
  argv: [basename(process.argv[1]), ...process.argv.slice(2)],
  cwd: process.cwd(),
  env_has_openai_key: "OPENAI_API_KEY" in process.env,
  env_has_anthropic_key: "ANTHROPIC_API_KEY" in process.env,
  stdin_is_tty: process.stdin.isTTY === true,
};
appendFileSync(calls, `${JSON.stringify(call)}\n`);

for (const { path, text, b64 } of entry.writes ?? []) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, b64 === undefined ? text : Buffer.from(b64, "base64"));
}
function print(descriptor, text, base64) {
  let bytes = base64 === undefined ? Buffer.from(text ?? "") : Buffer.from(base64, "base64");
  while (bytes.length > 0) bytes = bytes.subarray(writeSync(descriptor, bytes));
}
print(1, entry.stdout, entry.stdout_b64);
print(2, entry.stderr, entry.stderr_b64);
if (entry.hang) setInterval(() => undefined, 1_000);
else process.exitCode = entry.rc ?? 0;

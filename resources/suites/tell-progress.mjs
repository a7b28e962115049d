/**
 * Set-up of every test file: notes each test as it begins, at once. What Vitest reports comes from its worker a moment
 * later, and never from a worker that hangs.
 */
import { appendFileSync } from "node:fs";
import { relative } from "node:path";
import { beforeEach } from "vitest";
import { progressVariable } from "./progress-reporter.mjs";

const path = process.env[progressVariable];

if (path !== undefined)
  beforeEach(({ task }) => {
    const file = relative(process.cwd(), task.file.filepath);
    appendFileSync(path, `${JSON.stringify({ event: "began", file, name: task.fullTestName })}\n`);
  });

#!/usr/bin/env node
/** The command line: `npx gatehouse …`. Nothing but the command itself writes to standard output. */
import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { projectFile, projectRoot } from "./setup/project.mjs";

const commandLine = projectFile("out", "main", "cli.js");

if (!existsSync(commandLine)) {
  const { buildIfChanged } = await import("./setup/build.mjs");
  const { failureText, stepLine } = await import("./setup/report.mjs");
  try {
    const { milliseconds } = await buildIfChanged(projectRoot);
    console.error(stepLine("build", `done in ${(milliseconds / 1000).toFixed(1)} s`));
  } catch (failure) {
    console.error(failureText(failure));
    process.exit(1);
  }
}

await import(pathToFileURL(commandLine).href);

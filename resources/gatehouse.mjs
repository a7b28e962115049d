#!/usr/bin/env node
/** The command line: `npx gatehouse …`. Nothing but the command itself writes to standard output. */
import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { projectFile, projectRoot } from "./setup/project.mjs";

const commandLine = projectFile("out", "main", "cli.js");

// Also on a bare clone: what is missing is installed and built first, said on standard error.
if (!existsSync(commandLine)) {
  const { prepareBuild, preparePackages } = await import("./setup/steps.mjs");
  const { failureText } = await import("./setup/report.mjs");
  try {
    await preparePackages(projectRoot, console.error);
    await prepareBuild(projectRoot, console.error);
  } catch (failure) {
    console.error(failureText(failure));
    process.exit(1);
  }
}

await import(pathToFileURL(commandLine).href);

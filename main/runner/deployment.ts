import { readFile } from "node:fs/promises";
import { deploymentDefinition } from "#domain/surfaces/deployment/definition";
import { cycleRunner, type CycleRunner } from "./run-cycle";

/** The deployment runner; manifests are read from the disk, relative to the working directory (spec/tau/surfaces.md §12). */
export function deploymentRunner(): CycleRunner {
  return cycleRunner(() => deploymentDefinition((path) => readFile(path, "utf8")));
}

import { z } from "zod";
import { countSchema, unixMillisecondsSchema } from "#contract/identity";
import type { HarnessEvidence } from "#contract/rollout/observation";
import { documentRecord, readJson, type Source } from "./source";

/** `report.json` (spec/tau/live-run.md §2.1), as far as a gate reads it. */
const reportSchema = z.object({
  schema_version: z.literal(1),
  overall: z.object({
    status: z.string(),
    total_surfaces: countSchema,
    passed_surfaces: countSchema,
    failed_surfaces: countSchema,
  }),
  surface_status: z.record(z.string(), z.unknown()),
});

/** `manifest.json` (spec/tau/live-run.md §2.1), as far as a gate reads it. */
const manifestSchema = z.object({
  schema_version: z.literal(1),
  started_unix_ms: unixMillisecondsSchema,
  surfaces: z.array(z.object({ surface_id: z.string(), command: z.array(z.string()) })),
});

/**
 * Evidence of the unified harness. The report decides whether there is any; without a usable manifest the commands are
 * not known and the run is as old as the report's file. Surface ids are given as in the files.
 */
export function harnessEvidence(report: Source, manifest: Source): HarnessEvidence {
  const read = readJson(report, reportSchema);
  const described = readJson(manifest, manifestSchema);
  const run = described.ok
    ? {
        commands: described.content.surfaces.map(({ surface_id, command }) => ({
          surfaceId: surface_id,
          command,
        })),
        startedUnixMs: described.content.started_unix_ms,
        manifestProblem: "",
        manifestRecord: documentRecord(manifest.path, described.text),
      }
    : {
        commands: [],
        startedUnixMs: read.ok ? read.modifiedUnixMs : null,
        manifestProblem: described.sourced.problem,
        manifestRecord: null,
      };
  if (!read.ok) return { ...read.sourced, overall: null, surfaceIds: [], reportRecord: null, ...run };
  return {
    ...read.sourced,
    overall: read.content.overall,
    surfaceIds: Object.keys(read.content.surface_status),
    reportRecord: documentRecord(report.path, read.text),
    ...run,
  };
}

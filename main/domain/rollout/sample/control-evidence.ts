import { z } from "zod";
import type { Observation } from "#contract/rollout/observation";
import { lowerAscii, trimText } from "../../text";
import { documentRecord, readJson, type Source } from "./source";

const controlSchema = z.object({ mode: z.string() });

/**
 * The dashboard's operator pause (spec/tau/dashboard-api.md §5: trimmed and lower-cased, `paused` is paused and anything
 * else runs). No file means it runs, with status `missing`. With status `unreadable` the mode is not known.
 */
export function controlEvidence(source: Source): Observation["control"] {
  const read = readJson(source, controlSchema);
  if (!read.ok) return { ...read.sourced, mode: "running", record: null };
  return {
    ...read.sourced,
    mode: lowerAscii(trimText(read.content.mode)) === "paused" ? "paused" : "running",
    record: documentRecord(source.path, read.text),
  };
}

import type { JsonFile, TextFile } from "../governance/project-reading";
import { parsePythonJson } from "../orchestration/python-json";

/** A file's text as JSON, in the dialect the orchestrator writes and reads; where it is none, `problem` says so. Never throws. */
export function asJson(file: TextFile): JsonFile {
  if (file.state !== "read") return { ...file, value: undefined };
  try {
    return { ...file, value: parsePythonJson(file.text) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { ...file, value: undefined, problem: `${file.path}: expected JSON: ${error.message}` };
  }
}

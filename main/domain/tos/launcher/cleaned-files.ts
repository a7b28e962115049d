/** Folder of the step logs in the launcher's fixed place, whatever the configuration says (launcher.md §2). */
export const stepsFolder = "logs/steps";

export const phaseStateFile = "workspace/artifacts/phase_state.json";
export const phaseSummaryFile = "logs/phase_summary.json";
export const jobResultFile = "workspace/artifacts/job_result.json";
export const jobInputFile = "workspace/artifacts/job_input.json";
export const lastCheckpointFile = "logs/last_checkpoint.txt";

/** Whether a file of the steps' folder counts as a step log. */
export function isStepFile(name: string): boolean {
  return /^step_.*\.json$/i.test(name);
}

/** Files that a cleanup removes when they are there, relative to the root, given the names in the steps' folder. */
export function cleanedFiles(namesInStepsFolder: readonly string[]): string[] {
  const steps = namesInStepsFolder.filter(isStepFile).map((name) => `${stepsFolder}/${name}`);
  return [...steps, phaseSummaryFile, phaseStateFile, jobResultFile];
}

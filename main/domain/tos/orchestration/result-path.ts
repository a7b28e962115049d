/** The result file, below the project's folder, as texts name it whatever `workspace_dir` says (spec/tos/orchestrator.md §9). */
export const resultPath = "workspace/results/result_v2.txt";

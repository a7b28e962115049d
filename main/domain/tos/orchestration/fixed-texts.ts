import { resultPath } from "./result-path";

/** What a run that reached its goal says of the next one (spec/tos/orchestrator.md §9): constants, all of it. */
export const nextPhase = {
  next_phase_name: "S-5",
  next_phase_done_condition: "次のフェーズの完了条件（未定義）",
  next_instruction_id: "指示書010",
  next_instruction_summary: "S-5フェーズ: 次の目標に向けた準備と実行",
  next_instruction_inputs: [`${resultPath} (前フェーズの出力)`, "config_v0_3.json (設定ファイル)"],
  next_instruction_expected_outputs: ["次フェーズの成果物（未定義）", "logs/steps/step_XXX.json (実行ログ)"],
} as const;

/** Why a step is or is not the last, as step logs, states and end reasons say it (spec/tos/orchestrator.md §9-§12). */
export const doneReasons = {
  execute: "ステップ実行完了、次のループでdone判定",
  done: `${resultPath} が存在し、合計/平均/件数の全キーワードを含む`,
  deny: (reasons: string) => `全コマンドがdeny: ${reasons}`,
  fatalError: "API呼び出しまたはJSONパース失敗",
  maxSteps: (maxSteps: number) => `max_steps (${maxSteps}) に到達したが目標未達成`,
  jobLoopComplete: (maxJobs: string) => `job_loop_complete: max_jobs(${maxJobs})に到達`,
} as const;

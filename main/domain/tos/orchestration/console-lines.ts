import type { ModelRole } from "#contract/tos/vocabulary";
import type { Json } from "../../json";
import { pythonRepr, pythonText } from "./python-repr";
import type { PythonNumber } from "./python-values";

const startOfRole: Readonly<Record<ModelRole, string>> = {
  draft: "ドラフト生成開始",
  review: "レビュー開始",
  final: "最終決定開始",
};

/**
 * Every line the orchestrator prints (spec/tos/orchestrator.md §15), one function each. Paths are absolute and native.
 * Where the reference prints an empty line before one, the caller does.
 */
export const consoleLines = {
  started: () => "TOS v0.3 Orchestrator 開始",
  configMissing: (path: string) => `設定ファイルが見つかりません: ${path}`,
  configLoaded: (path: string) => `設定ファイル読み込み完了: ${path}`,
  foldersReady: () => "ディレクトリ確認完了",
  stateRestored: (path: string) => `フェーズ状態を復元: ${path}`,
  stateUnreadable: (problem: string) => `フェーズ状態読み込みエラー: ${problem}`,
  startingAnewAfter: (step: Json) => `前回完了済み (step=${pythonText(step)})。新規開始します。`,
  resumingAt: (step: Json) => `前回の状態から復帰: step=${pythonText(step)}`,
  startingNew: () => "新規開始",

  /** After an empty line; `path` of the file that should be there. */
  pythonPathMissing: (path: string): readonly string[] => [
    "",
    "tos_python_path.txt が見つかりません",
    "",
    "以下のファイルを作成してください:",
    `  ${path}`,
    "",
    "内容: Python実行ファイルのフルパスを1行で記載",
    "例: C:\\Python311\\python.exe",
    "",
    "Pythonのパスが分からない場合は、コマンドプロンプトで",
    "  where python",
    "を実行して確認してください。",
  ],
  pythonVerified: (version: string) => `Python検証OK: ${version}`,
  pythonFailed: (problem: string) => `Python検証失敗: ${problem}`,
  /** Help after a failed check; `python` as read from the file at `path`. */
  pythonInvalid: (python: string, path: string): readonly string[] => [
    "",
    `Python実行ファイルが無効です: ${python}`,
    "",
    "tos_python_path.txt の内容を確認してください:",
    `  ${path}`,
    "",
    "正しい Python パスに修正してください。",
  ],
  /** Printed after an empty line. */
  keyMissing: (name: string) => `${name} 環境変数が設定されていません`,
  keysReady: () => "APIキー確認完了",
  experimental: () => "S-5 experimental mode enabled",

  payloadMissing: (path: string) => `job_input.json が存在しません: ${path}`,
  payloadLoaded: (path: string) => `job_payload 読み込み完了: ${path}`,
  payloadUnreadable: (problem: string) => `job_payload 読み込みエラー: ${problem}`,
  jobNameReplaced: (name: Json) => `job_name を上書き: ${pythonText(name)}`,
  jobLoop: (maxJobs: PythonNumber, name: Json, index: PythonNumber) =>
    `job_loop enabled: max_jobs=${pythonRepr(maxJobs)}, job_name=${pythonText(name)}, job_index=${pythonRepr(index)}`,
  jobLoopComplete: (index: PythonNumber, maxJobs: PythonNumber) =>
    `job_loop_complete: job_index(${pythonRepr(index)}) > max_jobs(${pythonRepr(maxJobs)})`,

  /** Printed after an empty line. */
  step: (step: number, maxSteps: number) => `Step ${step}/${maxSteps}`,
  resultMissing: () => "done判定: result_v2.txt が存在しない",
  keywordsMissing: (keywords: readonly string[]) => `done判定: 必須キーワード不足 ${pythonRepr(keywords)}`,
  resultUnreadable: () => "done判定: ファイルのエンコードを判別できませんでした",
  resultComplete: () => "done判定: 全条件クリア",
  doneCheckFailed: (problem: string) => `done判定エラー: ${problem}`,
  doneReached: () => "done=True に到達。ループ終了。",

  roleStarted: (role: ModelRole, step: number) => `${startOfRole[role]} (step=${step})`,
  callFailed: (provider: "OpenAI" | "Anthropic", problem: string) =>
    `${provider} API呼び出し失敗: ${problem}`,
  retrying: (attempt: number, attempts: number) => `リトライ ${attempt}/${attempts}`,
  callsFailed: () => "API呼び出しが失敗しました",
  jsonFailed: (problem: string) => `JSONパース失敗: ${problem}`,
  promptingAgain: (attempt: number, attempts: number) =>
    `JSONパース失敗。再プロンプトでリトライ ${attempt}/${attempts}`,
  promptsExhausted: () => "JSONパースリトライ上限に達しました",
  roleFailed: (role: ModelRole) => `${role}生成に失敗しました。処理を中断します。`,

  commandDenied: (reason: string) => `コマンド拒否: ${reason}`,
  commandAllowed: (reason: string) => `コマンド許可: ${reason}`,
  /** Also of a command of another type than powershell: the reference knows no other. */
  commandRan: (returnCode: number) => `PowerShell実行完了 (rc=${returnCode})`,
  commandTimedOut: (seconds: PythonNumber) => `PowerShellタイムアウト (${pythonRepr(seconds)}秒)`,
  commandFailed: (problem: string) => `PowerShell実行失敗: ${problem}`,

  maxStepsReached: (maxSteps: number) => `max_steps (${maxSteps}) に到達。done=False のまま終了。`,
  stepLogWritten: (path: string) => `ステップログ出力: ${path}`,
  stateWritten: (path: string) => `フェーズ状態保存: ${path}`,
  summaryWritten: (path: string) => `フェーズサマリ出力: ${path}`,
  jobResultWritten: (path: string) => `job_result 出力: ${path}`,
  stepLogUnreadable: (path: string, problem: string) => `ステップログ読み込みエラー: ${path} - ${problem}`,
  /** Printed after an empty line, except that of a completed job loop. */
  ended: (endReason: string) => `TOS v0.3 Orchestrator 終了 (${endReason})`,
  jobLoopEnded: () => "TOS v0.3 Orchestrator 終了 (job_loop_complete)",
} as const;

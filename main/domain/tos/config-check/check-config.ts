import type { Json } from "../../json";
import { JsonSyntaxError, parseJson } from "../../json-parse";
import { parsePythonJson } from "../orchestration/python-json";
import { checkKeys } from "./check-keys";
import { type ConfigFigures, configFigures } from "./config-figures";
import { type ConfigProblem, configProblem } from "./problem";

/** What is wrong with a configuration, and what it says as far as it says it. */
export interface ConfigCheck {
  /** Every problem in one line: file, field, expected, found. Empty when the orchestrator may run on it. */
  readonly problems: readonly string[];
  /** The same, with the rule each breaks. */
  readonly findings: readonly ConfigProblem[];
  /** Why the orchestrator cannot read the text at all; empty when it can. */
  readonly unreadable: string;
  /** The document; undefined when the text cannot be read. */
  readonly document: Json | undefined;
  readonly config: ConfigFigures;
}

/**
 * Checks the text of `config_v0_3.json`: that the orchestrator can read it (spec/tos/orchestrator.md §3, without a byte
 * order mark), that no key stands twice, and that its keys and types are the defined ones (spec/tos/governance.md §3,
 * G20 and G21). Never throws.
 */
export function checkConfig(text: string): ConfigCheck {
  const read = readConfig(text);
  if (!read.ok) {
    const finding = configProblem(null, "", read.problem);
    return {
      problems: [finding.text],
      findings: [finding],
      unreadable: finding.text,
      document: undefined,
      config: configFigures(undefined),
    };
  }
  const findings = [...read.problems, ...checkKeys(read.document)];
  return {
    problems: findings.map((finding) => finding.text),
    findings,
    unreadable: "",
    document: read.document,
    config: configFigures(read.document),
  };
}

type ReadConfig =
  | { readonly ok: true; readonly document: Json; readonly problems: readonly ConfigProblem[] }
  | { readonly ok: false; readonly problem: string };

function readConfig(text: string): ReadConfig {
  if (text.startsWith("\uFEFF"))
    return {
      ok: false,
      problem:
        "expected UTF-8 without a byte order mark, found one: the orchestrator refuses it; save the file without",
    };
  const strict = strictly(text);
  try {
    // Python takes more than the strict reader does: of two equal keys the last, and NaN for a number.
    const document = parsePythonJson(text);
    const doubled = strict !== null && strict.startsWith("duplicate key");
    return {
      ok: true,
      document,
      problems: doubled ? [configProblem("G21", "", `${strict}; the orchestrator would take the last`)] : [],
    };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { ok: false, problem: `is not valid JSON: ${strict ?? error.message}` };
  }
}

function strictly(text: string): string | null {
  try {
    parseJson(text);
    return null;
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return error.message;
  }
}

import type { Json } from "../../json";
import { configFile, ConfigReader } from "./config-reader";
import { OrchestratorFault } from "./fault";
import type { FinalCommand } from "./final-reply";
import { pythonRepr, pythonText } from "./python-repr";
import { PatternError } from "./pattern/source";
import { compilePythonPattern } from "./python-regex";

/** What decides on commands (spec/tos/orchestrator.md §4, §8). */
export interface CommandPolicy {
  readonly deniesByDefault: boolean;
  readonly denyIfContains: readonly string[];
  readonly allowTypes: readonly string[];
  readonly denyPatterns: readonly string[];
}

export interface Verdict {
  readonly allowed: boolean;
  /** Exact text for logs and console. */
  readonly reason: string;
  /** The keyword or pattern that decided; null otherwise. */
  readonly matched: string | null;
}

export interface Judgement extends Verdict, FinalCommand {}

export interface Judgements {
  /** There is at least one command, and none is allowed. */
  readonly allDenied: boolean;
  readonly deniedCount: number;
  readonly allowedCount: number;
  readonly judgements: readonly Judgement[];
}

/** The policy of a configuration. Throws `OrchestratorFault` for a list that is none. */
export function readPolicy(config: Json): CommandPolicy {
  const reader = new ConfigReader(config, "");
  const policy = reader.object("execution_policy");
  return {
    deniesByDefault: policy.raw("default_action") === "deny",
    denyIfContains: policy.texts("deny_if_contains", []),
    allowTypes: reader.texts("allow_types", ["powershell"]),
    denyPatterns: reader.texts("deny_patterns", []),
  };
}

/**
 * Judges one command, the first rule that applies decides: default action, keywords, type, patterns
 * (spec/tos/orchestrator.md §8). Throws `OrchestratorFault` when it comes to a pattern that Python would refuse.
 */
export function judgeCommand(policy: CommandPolicy, type: Json, code: string): Verdict {
  if (policy.deniesByDefault) return denied("execution_policy.default_action=deny", null);
  const keyword = policy.denyIfContains.find((item) => code.includes(item));
  if (keyword !== undefined) return denied(`deny_if_contains '${keyword}' に一致`, keyword);
  if (!policy.allowTypes.some((allowed) => allowed === type)) {
    const list = pythonRepr(policy.allowTypes);
    return denied(`type '${pythonText(type)}' は許可されていない (allow_types: ${list})`, null);
  }
  const pattern = policy.denyPatterns.find((item, index) => compile(item, index).test(code));
  if (pattern !== undefined) return denied(`禁止パターン '${pattern}' に一致`, pattern);
  return { allowed: true, reason: "allowlist通過", matched: null };
}

/** Judges all commands of a step, before any of them runs. */
export function judgeAll(policy: CommandPolicy, commands: readonly FinalCommand[]): Judgements {
  const judgements = commands.map(({ type, code }) => ({ type, code, ...judgeCommand(policy, type, code) }));
  const allowedCount = judgements.filter(({ allowed }) => allowed).length;
  return {
    allDenied: judgements.length > 0 && allowedCount === 0,
    deniedCount: judgements.length - allowedCount,
    allowedCount,
    judgements,
  };
}

/** The reasons of the denied ones in their order, as they stand in messages: joined by `; `. */
export function deniedReasons(judgements: readonly Verdict[]): string {
  const reasons = judgements.filter(({ allowed }) => !allowed).map(({ reason }) => reason);
  return reasons.join("; ");
}

const denied = (reason: string, matched: string | null): Verdict => ({ allowed: false, reason, matched });

function compile(pattern: string, index: number): RegExp {
  try {
    return compilePythonPattern(pattern);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw new OrchestratorFault(
      configFile,
      `deny_patterns[${index}]`,
      `expected a regular expression of Python, found ${pythonRepr(pattern)}: ${error.message}`,
    );
  }
}

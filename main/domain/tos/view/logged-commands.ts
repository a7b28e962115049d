import type { StepDetail } from "#contract/tos/view";
import type { Json, JsonObject } from "../../json";
import { listOf, numberOf, objectOf, textOf, wordsOf } from "./foreign";

type LoggedCommand = StepDetail["commands"][number];

/** Characters of a command's code that every entry about it holds at least (spec/tos/orchestrator.md §8). */
const comparedCode = 150;

/**
 * The commands of a step with what became of each. A denied step keeps them in `allowlist_summary` alone; in an executed one
 * a command of a type that nothing executes has no result, and is told as dropped (spec/tos/orchestrator.md §§8 and 12).
 */
export function loggedCommands(log: JsonObject): LoggedCommand[] {
  const results = listOf(objectOf(log.get("execution"))?.get("command_results"));
  if (results.length === 0 && wordsOf(log.get("phase")) === "deny")
    return listOf(log.get("allowlist_summary")).map(judged);
  const asked = listOf(log.get("final_commands"));
  const shown: LoggedCommand[] = [];
  let next = 0;
  for (const command of asked) {
    const result = results[next];
    if (result !== undefined && isAbout(result, command)) {
      shown.push(executed(result));
      next += 1;
    } else if (shown.length < asked.length) shown.push(dropped(command));
  }
  return [...shown, ...results.slice(next).map(executed)];
}

function isAbout(result: Json, command: Json): boolean {
  const [about, asked] = [objectOf(result), objectOf(command)];
  const start = wordsOf(about?.get("code")).slice(0, comparedCode);
  return (
    wordsOf(about?.get("type")) === wordsOf(asked?.get("type")) &&
    wordsOf(asked?.get("code")).slice(0, comparedCode) === start
  );
}

function executed(value: Json): LoggedCommand {
  const result = objectOf(value);
  return {
    ...nothing,
    type: wordsOf(result?.get("type")),
    code: wordsOf(result?.get("code")),
    allowed: result?.get("allowed") === true,
    reason: wordsOf(result?.get("allow_reason")) || wordsOf(result?.get("deny_reason")),
    matched: textOf(result?.get("matched_pattern")),
    executed: result?.get("executed") === true,
    timeout: result?.get("timeout") === true,
    returnCode: numberOf(result?.get("returncode")),
    stdout: wordsOf(result?.get("stdout")),
    stderr: wordsOf(result?.get("stderr")),
    error: wordsOf(result?.get("error")),
  };
}

function judged(value: Json): LoggedCommand {
  const entry = objectOf(value);
  return {
    ...nothing,
    type: wordsOf(entry?.get("type")),
    code: wordsOf(entry?.get("code_snippet")),
    allowed: entry?.get("allowed") === true,
    reason: wordsOf(entry?.get("reason")),
    matched: textOf(entry?.get("matched")),
  };
}

function dropped(value: Json): LoggedCommand {
  const command = objectOf(value);
  const type = wordsOf(command?.get("type"));
  return {
    ...nothing,
    type,
    code: wordsOf(command?.get("code")),
    allowed: true,
    error: `dropped: the policy lets type "${type}" pass, but nothing executes it`,
  };
}

const nothing: LoggedCommand = {
  type: "",
  code: "",
  allowed: false,
  reason: "",
  matched: null,
  executed: false,
  timeout: false,
  returnCode: null,
  stdout: "",
  stderr: "",
  error: "",
};

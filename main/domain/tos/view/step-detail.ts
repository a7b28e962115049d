import type { StepDetail } from "#contract/tos/view";
import { modelRoles } from "#contract/tos/vocabulary";
import type { JsonObject } from "../../json";
import type { TextFile } from "../governance/project-reading";
import { printPythonIndented } from "../orchestration/python-json";
import { asJson } from "./json-file";
import { countOf, objectOf, textOf, wordsOf } from "./foreign";
import { loggedCommands } from "./logged-commands";
import { readStepLog } from "./step-log";

/** How much of a log's text is shown, in UTF-16 units. */
const shownText = 1_048_576;

/** One step in full, read from its log (spec/tos/orchestrator.md §12). Takes any content; never throws. */
export function stepDetail(file: TextFile): StepDetail {
  const json = asJson(file);
  const log = objectOf(json.value);
  return {
    row: readStepLog(json, file.path.split("/").at(-1) ?? file.path).row,
    path: file.path,
    text: file.text.slice(0, shownText),
    prompts: log === null ? [] : promptsOf(log),
    replies: log === null ? [] : repliesOf(log),
    commands: log === null ? [] : loggedCommands(log),
  };
}

function promptsOf(log: JsonObject): StepDetail["prompts"] {
  return [...(objectOf(log.get("prompts_used")) ?? [])].map(([role, value]) => {
    const prompt = objectOf(value);
    return {
      role,
      template: wordsOf(prompt?.get("template_name")),
      text: wordsOf(prompt?.get("prompt")),
      length: countOf(prompt?.get("prompt_length")),
      extracted: textOf(prompt?.get("extracted_text")),
    };
  });
}

/** One entry for each role, also where the log holds nothing of it: that a role never answered is worth seeing. */
function repliesOf(log: JsonObject): StepDetail["replies"] {
  const models = objectOf(log.get("models_used"));
  return modelRoles.map((role) => {
    const value = log.get(role);
    return {
      role,
      value: value === undefined || value === null ? null : printPythonIndented(value),
      raw: textOf(log.get(`${role}_raw`)),
      model: textOf(models?.get(role)),
    };
  });
}

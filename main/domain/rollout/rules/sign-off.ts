import type { ChecklistEvidence } from "#contract/rollout/observation";
import { checklistItems, isValidEvidence, type ChecklistItem } from "../checklist";
import { releaseRule, wholeFile, type Reason } from "./cell";

const expected = `${checklistItems.length} of ${checklistItems.length} items checked, each with valid evidence`;

/** What is wrong with one item as it stands in the file; null when it is complete. */
function problemOf(
  { checked, evidence }: ChecklistEvidence["items"][number],
  item: ChecklistItem,
): string | null {
  const invalid = evidence.filter((text) => !isValidEvidence(text, item));
  const problems = [
    ...(checked ? [] : ["not checked"]),
    ...(evidence.length === 0 ? ["no evidence"] : []),
    ...invalid.map((text) => `evidence ${JSON.stringify(text)} is neither a link nor an artifact path`),
  ];
  return problems.length === 0 ? null : problems.join("; ");
}

function itemReasons(item: ChecklistItem, checklist: ChecklistEvidence): Reason[] {
  const entries = checklist.items.filter(({ id }) => id === item.id);
  const asked = `${item.id} checked, with a CI URL or an artifact path of the repository`;
  const remedy = `Do it, check it in ${checklist.path} and link the evidence; TBD, blank and "see logs" are none.`;
  if (entries.length === 0)
    return [
      {
        status: "missing",
        title: `Not in the checklist: ${item.title}`,
        expected: asked,
        observed: `no item ${item.id}`,
        remedy,
        record: wholeFile(checklist.path),
      },
    ];
  return entries.flatMap((entry): Reason[] => {
    const problem = problemOf(entry, item);
    if (problem === null) return [];
    const title = `Not signed off: ${item.title}`;
    return [{ status: "failed", title, expected: asked, observed: problem, remedy, record: entry.record }];
  });
}

/** G12: the release sign-off checklist is complete (seed 003, general availability; spec/tau/live-run.md §6). */
export const signOffRule = releaseRule("G12", ({ observation: { checklist } }) => {
  const { status, problem, path } = checklist;
  const record = wholeFile(path);
  if (status !== "ok") {
    const observed =
      problem === "" ? `${path} ${status === "missing" ? "does not exist" : "cannot be used"}` : problem;
    const title =
      status === "missing" ? "There is no sign-off checklist" : "The sign-off checklist cannot be read";
    const remedy = `Fill in the release sign-off checklist in ${path}.`;
    return { expected, observed, record, reasons: [{ status, title, expected, observed, remedy, record }] };
  }
  const byItem = checklistItems.map((item) => itemReasons(item, checklist));
  const complete = byItem.filter((reasons) => reasons.length === 0).length;
  return {
    expected,
    observed: `${complete} of ${checklistItems.length} items complete`,
    record,
    reasons: byItem.flat(),
  };
});

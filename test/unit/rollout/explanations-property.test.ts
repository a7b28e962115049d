import fc from "fast-check";
import { expect, test } from "vitest";
import { surfaceIds } from "#contract/identity";
import type { Finding } from "#contract/rollout/verdict";
import { ruleIds, triggerIds } from "#contract/rollout/vocabulary";
import { evaluateCheck } from "#domain/rollout/evaluate";
import { recordedStatus } from "#domain/rollout/recorded-status";
import { maximumFindings } from "#domain/rollout/rules/cell";
import type { Evaluation, FiredTrigger } from "#domain/rollout/state";
import { rounds, seed } from "../../support/depth";
import { afterCheck } from "../../support/rollout/judged-state";
import { sampleLogPath, samplePath } from "../../support/rollout/observation";
import type { World } from "../../support/rollout/world";
import { worldOf, worldSeeds } from "../../support/rollout/world-arbitrary";
import { observationOf, stateOf } from "../../support/rollout/world-derive";
import { isStillTrue, mended, namedCodes } from "../../support/rollout/world-mend";

const histories = rounds(600, 10_000);
/** In so many histories every rule and trigger is cited often enough to be believed. */
const leastCitations = rounds(3, 50);
/** One history in so many has every finding changed, and every cell mended record by record; the others have one. */
const depthEvery = rounds(30, 50);

interface Judged {
  readonly evaluation: Evaluation;
  /** Findings of rules and triggers alike. */
  readonly findings: readonly Finding[];
  /** Triggers that fired before the last check. */
  readonly latched: readonly FiredTrigger[];
}

/** Derives everything from the files anew and judges the last check; a rollout goes on for one check after a trigger. */
function judge(world: World): Judged {
  let state = stateOf(world);
  for (let check = 0; check < world.checks - 1; check += 1)
    state = afterCheck(state, observationOf(world, check));
  const evaluation = evaluateCheck(state, observationOf(world, world.checks - 1));
  return {
    evaluation,
    findings: [...evaluation.findings, ...evaluation.triggers.flatMap(({ findings }) => findings)],
    latched: state.triggers,
  };
}

/** The history, cut after the first check that follows one with a trigger: there are no checks beyond. */
function untilEnded(world: World): World {
  let state = stateOf(world);
  for (let check = 0; check < world.checks - 1; check += 1) {
    state = afterCheck(state, observationOf(world, check));
    if (state.triggers.length > 0 && check + 2 < world.checks) return shortened(world, check + 2);
  }
  return world;
}

/** The first checks of a history. What troubles its last check then troubles the new last one. */
function shortened(world: World, checks: number): World {
  const copy = structuredClone(world);
  for (const surface of surfaceIds) {
    const { log } = copy.surfaces[surface];
    if (log === null) continue;
    const cuts = log.cuts.slice(0, 3 + checks);
    log.lines.splice(cuts.at(-1) ?? 0);
    (log.cuts as number[]).splice(0, log.cuts.length, ...cuts);
  }
  return { ...copy, checks };
}

const isLog = (path: string): boolean => surfaceIds.some((surface) => sampleLogPath(surface) === path);

/** What makes two findings the same before and after a change: figures in words may differ, the place may not. */
function keyOf(finding: Finding): string {
  const known = keys.get(finding) ?? makeKey(finding);
  keys.set(finding, known);
  return known;
}

const keys = new WeakMap<Finding, string>();

function makeKey({ rule, surface, record, title }: Finding): string {
  const words = title.replace(/\d+ (?=checks|failed cycles)/u, "").replace(/: new .*$/u, "");
  const place = record === null ? "" : `${record.path}@${record.line}`;
  const line =
    record !== null && record.line !== null && isLog(record.path) ? record.text.slice(0, 22) : place;
  return [rule, surface, record?.path, line, words].join(" | ");
}

const sameRecord = (left: Finding, right: Finding): boolean =>
  left.record?.path === right.record?.path &&
  left.record?.line === right.record?.line &&
  left.record?.byteOffset === right.record?.byteOffset &&
  left.record?.text === right.record?.text;

/** The finding with which a trigger fired, and the check (from 0) it fired in, for a finding of G10. */
function behind(finding: Finding, latched: readonly FiredTrigger[], lastCheck: number): [Finding, number] {
  if (finding.rule !== "G10") return [finding, lastCheck];
  for (const { trigger, check, findings } of latched)
    for (const fired of findings)
      if (
        sameRecord(fired, finding) &&
        finding.title === `${trigger} fired in check ${check}: ${fired.title}`
      )
        return [fired, check - 2];
  throw new Error(`no trigger fired with ${finding.title}`);
}

/** Whether a change of what `target` cites may, and whether it must, take `other` away. */
function isTakenAlong(target: Finding, other: Finding, world: World, check: number): "yes" | "no" | "either" {
  if (other.rule === "G10") return "either";
  const isWhole = target.record?.line === null && target.record.path === other.record?.path;
  if (isWhole && target.status === "failed") return "either";
  if (!sameRecord(target, other)) return "no";
  if (target.record !== null && isLog(target.record.path) && target.record.line !== null)
    return namedCodes(other).every((code) => namedCodes(target).includes(code)) ? "yes" : "no";
  const surface = surfaceIds.find((id) => samplePath(id) === target.record?.path);
  if (surface === undefined || target.record?.line === null) return "either";
  if ((target.record?.line ?? 0) > 1) return "yes";
  if (target.status !== "failed") return target.rule === "G9" ? "no" : other.rule === "G9" ? "either" : "yes";
  if (other.status !== "failed") return "no";
  return isStillTrue(other, surface, world, check) ? "no" : "yes";
}

/** Whether a finding that was not there before may be seen now, because it was kept back before. */
function mayAppear(added: Finding, target: Finding, before: Judged): boolean {
  const ofCell = before.findings.filter(
    ({ rule, surface }) => rule === added.rule && surface === added.surface,
  );
  const isCapped = (count: number): boolean => count >= maximumFindings;
  if (isCapped(ofCell.length)) return true;
  if (added.rule === "G10") return before.latched.some(({ findings }) => isCapped(findings.length));
  // A trigger is told once; one that fired before by this very record alone may fire now by another.
  if (before.latched.some(({ trigger }) => trigger === added.rule)) return true;
  // A failed run that was of another candidate is of this one when its manifest says so.
  return added.rule === "T5" && (target.record?.path.endsWith("manifest.json") ?? false);
}

const statusOf = ({ evaluation }: Judged, { rule, surface }: Finding): string => {
  const ruleId = ruleIds.find((id) => id === rule);
  if (ruleId !== undefined) return recordedStatus({ verdicts: [...evaluation.verdicts] }, ruleId, surface);
  const fired = evaluation.triggers.some(
    ({ trigger, findings }) => trigger === rule && findings.some((finding) => finding.surface === surface),
  );
  return fired ? "failed" : "passed";
};

const ofCell = ({ findings }: Judged, cell: Finding): Finding[] =>
  findings.filter(({ rule, surface }) => rule === cell.rule && surface === cell.surface);

function fail(world: number, target: Finding, complaint: string, more: unknown = ""): never {
  throw new Error(
    `history ${world}: ${complaint}\nchanged: ${JSON.stringify(target, null, 1)}\n${JSON.stringify(more, null, 1)}`,
  );
}

/** Changes the record of one finding alone and looks at what that does to every finding there was. */
function changeOne(number: number, world: World, before: Judged, target: Finding): void {
  const [cause, check] = behind(target, before.latched, world.checks - 1);
  const changed = mended(world, cause, check);
  const after = judge(changed);
  const keysAfter = new Set(after.findings.map(keyOf));
  const keysBefore = new Set(before.findings.map(keyOf));
  if (keysAfter.has(keyOf(target))) fail(number, target, "its finding is still there", ofCell(after, target));
  for (const other of before.findings) {
    if (keyOf(other) === keyOf(target) || target.rule === "G10") continue;
    const expected = isTakenAlong(target, other, changed, check);
    const isGone = !keysAfter.has(keyOf(other));
    if (expected !== "either" && (expected === "yes") !== isGone)
      fail(number, target, `another finding is ${isGone ? "gone" : "still there"}`, other);
  }
  for (const added of after.findings)
    if (!keysBefore.has(keyOf(added)) && !mayAppear(added, target, before))
      fail(number, target, "a finding appeared", added);
  const isAlone = ofCell(before, target).length === 1;
  const status = statusOf(after, target);
  if (isAlone && status !== "passed") fail(number, target, `the verdict is ${status}`);
  if ((status === "passed") !== (ofCell(after, target).length === 0))
    fail(number, target, `the verdict is ${status} with findings`, ofCell(after, target));
}

/** Changes the records of a cell one after the other: the verdict flips with the last, and not before. */
function changeAll(number: number, world: World, before: Judged, cell: Finding): void {
  let now = before;
  let changed = world;
  for (let changes = 0; ; changes += 1) {
    const [target] = ofCell(now, cell);
    const status = statusOf(now, cell);
    if (target === undefined) {
      if (status !== "passed") fail(number, cell, `everything is mended, and the verdict is ${status}`);
      return;
    }
    if (status === "passed") fail(number, cell, "the verdict flipped too early", target);
    if (changes > 200) fail(number, cell, "it cannot be mended");
    const [cause, check] = behind(target, now.latched, world.checks - 1);
    changed = mended(changed, cause, check);
    now = judge(changed);
  }
}

/** The finding of the rule that was looked at least so far; none for a history without findings. */
function leastCited(findings: readonly Finding[], cited: ReadonlyMap<string, number>): Finding[] {
  const count = ({ rule }: Finding): number => cited.get(rule) ?? 0;
  return findings.toSorted((left, right) => count(left) - count(right)).slice(0, 1);
}

test(`in ${histories} histories, changing only the cited record makes its finding go (seed ${seed})`, () => {
  const cited = new Map<string, number>([...ruleIds, ...triggerIds].map((rule) => [rule, 0]));
  let judgedHistories = 0;
  fc.assert(
    fc.property(worldSeeds, (number) => {
      const world = untilEnded(worldOf(number));
      const before = judge(world);
      judgedHistories += 1;
      const inDepth = judgedHistories % depthEvery === 0;
      const targets = inDepth ? before.findings : leastCited(before.findings, cited);
      for (const finding of targets) {
        cited.set(finding.rule, (cited.get(finding.rule) ?? 0) + 1);
        changeOne(number, world, before, finding);
      }
      const cells = new Map(targets.map((finding) => [`${finding.rule} ${finding.surface}`, finding]));
      for (const cell of inDepth ? cells.values() : [])
        if (ofCell(before, cell).length > 1) changeAll(number, world, before, cell);
    }),
    { seed, numRuns: histories, endOnFailure: true },
  );
  expect(judgedHistories).toBeGreaterThanOrEqual(histories);
  for (const [rule, count] of cited)
    expect(count, `findings of ${rule}`).toBeGreaterThanOrEqual(leastCitations);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { governanceFindingSchema } from "#contract/tos/governance";
import { governanceRuleIds } from "#contract/tos/vocabulary";
import { judgeProject } from "#domain/tos/governance/judge-project";
import { breaches, type Breach } from "./breaches";
import { factsOf, keptWorld } from "./project-world";

/** Rules that are not kept when just these records are as they must not be. */
function notKept(applied: readonly Breach[]): string[] {
  const world = keptWorld();
  for (const breach of applied) breach.apply(world);
  const { reading, repository, runs, now } = factsOf(world);
  const findings = judgeProject(reading, repository, runs, now);
  expect(findings.map(({ rule }) => rule)).toEqual([...governanceRuleIds]);
  for (const finding of findings) governanceFindingSchema.parse(finding);
  return findings
    .filter(({ status }) => status !== "kept")
    .map(({ rule, details }) => {
      expect(details.length, `${rule} says why`).toBeGreaterThan(0);
      return rule;
    });
}

function expected(applied: readonly Breach[]): string[] {
  return [...new Set(applied.flatMap(({ breaks }) => breaks))].toSorted();
}

test("a project in which everything is as it must be keeps every rule", () => {
  expect(notKept([])).toEqual([]);
});

test.each(breaches.map((breach) => [breach.name, breach] as const))("%s", (_, breach) => {
  expect(notKept([breach])).toEqual(expected([breach]));
});

test("in any mixture exactly the rules are broken whose record is wrong, and mending one record mends exactly its rules", () => {
  fc.assert(
    fc.property(fc.subarray([...breaches]), fc.nat(), (applied, which) => {
      expect(notKept(applied)).toEqual(expected(applied));
      const mended = applied.filter((_, index) => index !== which % Math.max(1, applied.length));
      expect(notKept(mended)).toEqual(expected(mended));
    }),
    { numRuns: 100 },
  );
});

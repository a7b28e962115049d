import { expect, it } from "vitest";
import { chooseBenchmarks } from "../../../resources/bench/compile.mjs";
import { benchTable } from "../../../resources/bench/table.mjs";
import { projectRoot } from "../../../resources/setup/project.mjs";

it("aligns figures and says which are below what is to be reached", () => {
  const table = benchTable([
    { name: "cold fold", value: 1_234_567, unit: "lines/s", target: "at least 300,000", met: true },
    {
      name: "start",
      value: 612.345,
      unit: "ms",
      ratio: 1.6,
      ratioTo: "bare",
      target: "at most 1.5",
      met: false,
    },
    { name: "log", value: 200, unit: "MB" },
  ]);
  expect(table.split("\n")).toEqual([
    "figure                 value  ratio       to reach",
    "─".repeat("cold fold  1,234,567 lines/s  1.6 × bare  at least 300,000  reached".length),
    "cold fold  1,234,567 lines/s              at least 300,000  reached",
    "start              612.35 ms  1.6 × bare  at most 1.5       MISSED",
    "log                   200 MB",
  ]);
});

it("finds the benchmarks, and names them when one is asked for that is not there", async () => {
  const all = await chooseBenchmarks(projectRoot, []);
  expect(all).toEqual(expect.arrayContaining(["append", "fold", "startup"]));
  expect(await chooseBenchmarks(projectRoot, ["startup"])).toEqual(["startup"]);
  await expect(chooseBenchmarks(projectRoot, ["speed"])).rejects.toMatchObject({
    message: "there is no benchmark speed",
    remedy: `choose from ${all.join(", ")}`,
  });
});

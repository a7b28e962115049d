import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readProject } from "../../../../main/tos/project/read-project";
import { systemClock } from "../../../../main/system/clock";
import { temporaryFolder } from "../../../support/temporary-folder";

test("an empty folder is read without a word of complaint but for its configuration", async () => {
  const root = await temporaryFolder();
  const reading = await readProject(root, {}, systemClock);
  expect(reading.config.file.state).toBe("missing");
  expect(reading.phaseState).toMatchObject({
    state: "missing",
    problem: "",
    path: "workspace/artifacts/phase_state.json",
  });
  expect(reading.steps).toEqual([]);
  expect(reading.keys.map(({ source }) => source)).toEqual(["missing", "missing"]);
  await mkdir(join(root, "logs"));
  await writeFile(join(root, "logs/phase_summary.json"), "{");
  expect((await readProject(root, {}, systemClock)).phaseSummary.problem).toContain(
    "logs/phase_summary.json: expected JSON",
  );
});

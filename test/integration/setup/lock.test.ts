import { appendFile, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { expect, it } from "vitest";
import { withLock } from "../../../resources/setup/lock.mjs";
import { projectFile } from "../../../resources/setup/project.mjs";
import { temporaryFolder } from "../../support/temporary-folder";

it("lets one process at a time in", async () => {
  const folder = await temporaryFolder();
  const log = join(folder, "log");
  const script = `
    import { appendFile } from "node:fs/promises";
    import { withLock } from ${JSON.stringify(projectFile("resources", "setup", "lock.mjs"))};
    for (let turn = 0; turn < 3; turn += 1) {
      await withLock(${JSON.stringify(join(folder, "lock"))}, async () => {
        await appendFile(${JSON.stringify(log)}, "in ");
        await new Promise((resolve) => setImmediate(resolve));
        await appendFile(${JSON.stringify(log)}, "out ");
      });
    }`;
  const start = () => execa(process.execPath, ["--input-type=module", "--eval", script]);
  await Promise.all([start(), start(), start()]);
  expect(await readFile(log, "utf8")).toBe("in out ".repeat(9));
  expect((await readdir(folder)).toSorted()).toEqual(["log"]);
});

it("is not held by a process that died", async () => {
  const folder = await temporaryFolder();
  const dead = await execa(process.execPath, ["--print", "process.pid"]);
  await writeFile(join(folder, "lock"), `${dead.stdout} died-with-it`);
  const turns = await Promise.all(
    [1, 2, 3].map((turn) => withLock(join(folder, "lock"), () => appendFile(join(folder, "log"), `${turn}`))),
  );
  expect(turns).toHaveLength(3);
  expect((await readFile(join(folder, "log"), "utf8")).length).toBe(3);
});

it("is given back when the work fails", async () => {
  const lock = join(await temporaryFolder(), "lock");
  await expect(withLock(lock, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(await withLock(lock, () => Promise.resolve("next"))).toBe("next");
});

import { readFile, writeFile } from "node:fs/promises";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import type { Notice } from "#contract/rollout/view";
import { openConsole } from "../../../main/host/compose";
import { serveCommandLine } from "../../../main/server/command-door";
import { systemClock } from "../../../main/system/clock";
import { DeskConsole } from "./desk-console";

it("tells of a journal that was broken before it was opened to whoever listens first, however late", async () => {
  const desk = await DeskConsole.running({ soakMs: 600_000 });
  await desk.start();
  const { journal, rolloutId } = await desk.until("a second check", ({ checks }) => checks > 1);
  await desk.close();
  const file = desk.workspace.file(journal.path);
  const [first = "", second = "", ...rest] = (await readFile(file, "utf8")).split("\n");
  await writeFile(file, [first, second.replace(/"hash":"./, `"hash":"x`), ...rest].join("\n"));

  const problems: string[] = [];
  const onProblem = (problem: string): unknown => problems.push(problem);
  const { path } = desk.workspace;
  const opened = await serveCommandLine(
    await openConsole({ path, kind: "window", clock: systemClock, version: "test", onProblem }),
    onProblem,
  );
  onTestFinished(() => opened.close());
  for (let turn = 0; turn < 20; turn += 1) await nextTurn();
  const told: Notice[] = [];
  opened.onNotice((notice) => told.push(notice));
  expect(told).toMatchObject([
    {
      kind: "journal-broken",
      place: `#/rollout/${rolloutId}`,
      body: expect.stringContaining(`${journal.path}, line 2, byte ${first.length + 1}`),
    },
  ]);
  const later: Notice[] = [];
  opened.onNotice((notice) => later.push(notice));
  expect(later).toEqual([]);
  expect(problems).toEqual([expect.stringContaining(journal.path)]);
});

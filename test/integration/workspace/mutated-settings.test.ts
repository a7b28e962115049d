import fc from "fast-check";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { surfaceIds } from "#contract/identity";
import { systemClock } from "../../../main/system/clock";
import { openWorkspace } from "../../../main/workspace/workspace";
import { rounds, seed } from "../../support/depth";

const wrongValues = rounds(90, 900);
const unknownKeys = rounds(50, 500);
const damagedTexts = rounds(60, 600);
const file = ".gatehouse/settings.json";

let path: string;
let good: string;
beforeAll(async () => {
  path = await mkdtemp(join(tmpdir(), "gatehouse-mutated-"));
  await mkdir(join(path, ".gatehouse"));
  const demo = JSON.parse(await readFile("fixtures/demo/settings.json", "utf8")) as {
    surfaces: Record<string, unknown>;
  };
  demo.surfaces["memory"] = { driver: "observe", stateDir: "state/memory", staleAfterMs: 60_000 };
  demo.surfaces["dashboard"] = {
    driver: "command",
    program: "agent",
    args: ["a"],
    env: { A: "b" },
    cwd: "x",
  };
  good = JSON.stringify(demo, null, 2);
});
afterAll(() => rm(path, { recursive: true, force: true }));

async function errorsOf(text: string | Uint8Array): Promise<readonly string[]> {
  await writeFile(join(path, file), text);
  const workspace = await openWorkspace(path, systemClock);
  const { settingsErrors } = workspace.view();
  // Whatever the file says, every surface has settings to go by.
  for (const surface of surfaceIds) expect(workspace.surfaceSettings(surface).stateDir).not.toBe("");
  if (settingsErrors.length > 0) expect(workspace.surfaceSettings("voice").driver).toBe("observe");
  await workspace.dispose();
  return settingsErrors;
}

type Place = { holder: Record<string, unknown> | unknown[]; key: string | number; shown: string };

/** Every key and list entry below a value, with the path a message must name. */
function places(value: unknown, shown = ""): Place[] {
  if (typeof value !== "object" || value === null) return [];
  const holder = value as Record<string, unknown>;
  const keys: (string | number)[] = Array.isArray(value)
    ? value.map((_, index) => index)
    : Object.keys(value);
  return keys.flatMap((key) => {
    const here = typeof key === "number" ? `${shown}[${key}]` : shown === "" ? key : `${shown}.${key}`;
    return [{ holder, key, shown: here }, ...places(holder[key], here)];
  });
}

/** Values that no key of the settings accepts. */
const wrongForAll = [null, [[]], -1.5, { "": {} }];

describe(`${wrongValues + unknownKeys + damagedTexts} mutated settings files (seed ${seed})`, () => {
  it(`name the key whose value is wrong (${wrongValues})`, async () => {
    const samples = fc.sample(fc.tuple(fc.nat(), fc.constantFrom(...wrongForAll)), {
      seed,
      numRuns: wrongValues,
    });
    for (const [pick, wrong] of samples) {
      const document = JSON.parse(good) as unknown;
      const all = places(document);
      const { holder, key, shown } = all[pick % all.length] as Place;
      (holder as Record<string | number, unknown>)[key] = wrong;
      const errors = await errorsOf(JSON.stringify(document));
      // A playlist is named as a whole, and what is wrong inside a wrong object by its own key.
      const named = shown.replace(/(\.fixture)\[\d+\]$/, "$1");
      const mistake = errors.find((error) => error.startsWith(`${file}: ${named}`)) ?? errors.join("\n");
      expect(mistake.slice(file.length + 2 + named.length)).toMatch(
        /^[^:]*: (expected .+, found |unknown key; )/,
      );
    }
  });

  it(`name a key that is not known (${unknownKeys})`, async () => {
    const samples = fc.sample(fc.tuple(fc.nat(), fc.string({ minLength: 1, maxLength: 8 })), {
      seed,
      numRuns: unknownKeys,
    });
    for (const [pick, suffix] of samples) {
      const document = JSON.parse(good) as unknown;
      const objects = places(document).filter(
        ({ key, shown }) => typeof key === "string" && !shown.includes(".env."),
      );
      const { holder, key } = objects[pick % objects.length] as Place;
      const typo = `${key}${suffix}`;
      (holder as Record<string, unknown>)[typo] = 1;
      const errors = await errorsOf(JSON.stringify(document));
      expect(errors.some((error) => error.includes(": unknown key; expected one of "))).toBe(true);
      const name = /^[A-Za-z0-9_-]+$/.test(typo) ? typo : JSON.stringify(typo);
      expect(errors.some((error) => error.includes(`${name}: unknown key`))).toBe(true);
    }
  });

  it(`give the place of a text that is not JSON, and are taken when still right (${damagedTexts})`, async () => {
    const mutation = fc.record({ at: fc.nat(), remove: fc.nat(40), insert: fc.uint8Array({ maxLength: 6 }) });
    const bytes = Buffer.from(good);
    for (const { at, remove, insert } of fc.sample(mutation, { seed, numRuns: damagedTexts })) {
      const start = at % bytes.length;
      const mutated = Buffer.concat([bytes.subarray(0, start), insert, bytes.subarray(start + remove)]);
      for (const error of await errorsOf(mutated)) {
        expect(error).toMatch(
          /^\.gatehouse\/settings\.json(: expected UTF-8 text, found bytes that are not$| is not valid JSON: .+ at line \d+ column \d+$|: .+: (expected .+, found |expected a path |unknown key; expected one of ))/s,
        );
      }
    }
  });
});

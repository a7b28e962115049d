import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { projectFile, projectRoot } from "../../../resources/setup/project.mjs";
import { temporaryFolder } from "../../support/temporary-folder";

const start = projectFile("resources", "start.mjs");

/** The environment of an operator with nothing configured, whose data and typing directory are in `folder`. */
function surroundings(folder: string, display: string): NodeJS.ProcessEnv {
  return {
    GATEHOUSE_DATA_DIR: join(folder, "data"),
    INIT_CWD: folder,
    DISPLAY: display,
    WAYLAND_DISPLAY: "",
  };
}

/** Reads what is printed up to the line with the link. */
async function untilServed({
  stdout,
}: {
  readonly stdout: Readable;
}): Promise<{ link: string; lines: string[] }> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: stdout })) {
    lines.push(line);
    const link = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+$/.exec(line)?.[0];
    if (link !== undefined) return { link, lines };
  }
  throw new Error(`It ended without a link:\n${lines.join("\n")}`);
}

/** The first word of each step's line. */
const stepsOf = (lines: readonly string[]): string[] => lines.map((line) => line.split(/ {2,}/, 1)[0] ?? "");

describe("npm start without a display", () => {
  it("makes the demo workspace, prints a link that works once, and ends at SIGINT", async () => {
    const folder = await temporaryFolder();
    const program = execa(process.execPath, [start], { env: surroundings(folder, ""), reject: false });
    const { link, lines } = await untilServed(program);
    expect(stepsOf(lines.slice(0, -1))).toEqual([
      "node",
      "packages",
      "electron",
      "build",
      "workspace",
      "console",
    ]);
    expect(lines[2]).toContain("not needed: there is no display");
    const workspace = join(folder, "data", "demo-workspace");
    expect(lines.at(-1)).toBe(`Gatehouse serves ${workspace} at ${link}`);
    expect(await readdir(join(workspace, ".gatehouse"))).toContain("settings.json");

    const first = await fetch(link, { redirect: "manual" });
    const second = await fetch(link, { redirect: "manual" });
    expect(first.headers.get("set-cookie")).not.toBeNull();
    expect(second.status).toBe(403);

    program.kill("SIGINT");
    const ended = await program;
    expect({ exitCode: ended.exitCode, stderr: ended.stderr }).toEqual({ exitCode: 0, stderr: "" });
  });

  it("serves the checkout that is named, wherever the operator typed it", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "checkout"));
    const program = execa(process.execPath, [start, "--workspace", "checkout"], {
      env: surroundings(folder, ""),
      reject: false,
    });
    const { link, lines } = await untilServed(program);
    expect(lines.at(-1)).toBe(`Gatehouse serves ${join(folder, "checkout")} at ${link}`);
    await fetch(link, { redirect: "manual" });
    program.kill("SIGTERM");
    expect((await program).exitCode).toBe(0);
  });
});

describe("npm start with a display", () => {
  it("opens the window with the Electron that is named, and ends with its exit code", async () => {
    const folder = await temporaryFolder();
    const electron = join(folder, "electron");
    await writeFile(electron, `#!/bin/sh\nprintf '%s\\n' "$@" > ${join(folder, "arguments")}\nexit 7\n`);
    await chmod(electron, 0o755);
    await mkdir(join(folder, "checkout"));
    const result = await execa(process.execPath, [start, "--workspace", "checkout"], {
      env: { ...surroundings(folder, ":99"), GATEHOUSE_ELECTRON: electron },
      reject: false,
    });
    expect(result.exitCode).toBe(7);
    expect(stepsOf(result.stdout.split("\n"))).toEqual([
      "node",
      "packages",
      "electron",
      "system libraries",
      "sandbox",
      "build",
      "workspace",
      "console",
    ]);
    const given = (await readFile(join(folder, "arguments"), "utf8")).trim().split("\n");
    expect(given.filter((argument) => argument !== "--no-sandbox")).toEqual([
      projectRoot,
      "--workspace",
      join(folder, "checkout"),
    ]);
    expect(given.includes("--no-sandbox")).toBe(process.getuid?.() === 0);
  });

  it("says at once that an argument is wrong, before any step", async () => {
    const folder = await temporaryFolder();
    const result = await execa(process.execPath, [start, "--workspace", "none"], {
      env: surroundings(folder, ""),
      reject: false,
    });
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toBe("");
    expect(result.stderr).toBe(
      [
        `arguments          failed: --workspace none: there is no folder ${join(folder, "none")}`,
        "                   remedy: give the folder of a checkout",
      ].join("\n"),
    );
  });
});

describe("npx gatehouse", () => {
  it("is the built command line", async () => {
    const result = await execa(projectFile("resources", "gatehouse.mjs"), ["--version"], { reject: false });
    expect(result.stdout).toMatch(/^gatehouse \d+\.\d+\.\d+$/);
    expect(result.exitCode).toBe(0);
  });
});

import { expect, test } from "vitest";
import { executeCommand } from "../../../main/runner/command-execution";
import { systemClock } from "../../../main/system/clock";
import { waitMs } from "../../support/limits";

const node = process.execPath;
const script = (source: string, more: Partial<Parameters<typeof executeCommand>[0]> = {}) => ({
  program: node,
  args: ["-e", source],
  inheritEnvironment: false,
  variables: new Map<string, string>(),
  ...more,
});
const limits = { clock: systemClock, timeoutMs: waitMs };

test("exit code and both outputs are kept", async () => {
  const source = "process.stdout.write('out'); process.stderr.write('err'); process.exitCode = 3";
  expect(await executeCommand(script(source), limits)).toMatchObject({
    ending: "exited",
    exitCode: 3,
    stdout: "out",
    stderr: "err",
  });
});

test("a signal has no exit code", async () => {
  const result = await executeCommand(
    script("process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000)"),
    limits,
  );
  expect(result).toMatchObject({ ending: "exited", exitCode: null });
});

test("a program that takes too long is killed, and what it said is kept", async () => {
  // The shell begins in a hundredth of the time it is given.
  const source = "trap '' TERM; printf begun; while :; do sleep 1; done";
  const deaf = script("", { program: "/bin/sh", args: ["-c", source] });
  const result = await executeCommand(deaf, { ...limits, timeoutMs: waitMs / 100 });
  expect(result).toMatchObject({ ending: "timed-out", exitCode: null, stdout: "begun" });
});

test("a program that floods is drained, and its head is kept with the count of the rest", async () => {
  const source =
    "const block = 'x'.repeat(65536); for (let n = 0; n < 64; n += 1) process.stdout.write(block)";
  const { stdout, exitCode } = await executeCommand(script(source), limits);
  expect(exitCode).toBe(0);
  expect(stdout).toBe(`${"x".repeat(16_384)}...<truncated:${64 * 65_536 - 16_384} bytes>`);
});

test("output that fits exactly is not marked, and bytes that are no UTF-8 are replaced", async () => {
  expect((await executeCommand(script("process.stdout.write('y'.repeat(16384))"), limits)).stdout).toBe(
    "y".repeat(16_384),
  );
  expect(
    (await executeCommand(script("process.stdout.write(Buffer.from([0x61, 0xff]))"), limits)).stdout,
  ).toBe("a\ufffd");
});

test("a grandchild that keeps the output open does not keep the cycle", async () => {
  const source =
    "const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' }); console.log(child.pid); child.unref()";
  const result = await executeCommand(script(source), limits);
  expect(result).toMatchObject({ ending: "exited", exitCode: 0 });
  // Throws when there is no such process: it is still there.
  process.kill(Number(result.stdout), "SIGKILL");
});

test("only PATH and the arguments reach a restricted program; an unrestricted one inherits the rest", async () => {
  const source = "process.stdout.write(JSON.stringify(Object.keys(process.env).sort()))";
  const variables = new Map([["REGION", "eu"]]);
  const restricted = await executeCommand(script(source, { variables }), limits);
  expect(JSON.parse(restricted.stdout)).toEqual(["PATH", "REGION"]);
  const inherited = await executeCommand(script(source, { variables, inheritEnvironment: true }), limits);
  expect(JSON.parse(inherited.stdout)).toEqual(expect.arrayContaining(["HOME", "PATH", "REGION"]));
});

test.each([
  ["gatehouse-has-no-such-program", "not-found"],
  ["/nowhere/at/all", "not-found"],
  ["", "not-found"],
  ["/", "spawn-error"],
  ["with\0nul", "spawn-error"],
])("the program %j cannot be started: %s", async (program, ending) => {
  const result = await executeCommand(script("", { program, args: [] }), limits);
  expect(result).toMatchObject({ ending, exitCode: null, stdout: "" });
  expect(result.stderr).not.toBe("");
});

test("a cancelled cycle kills its program", async () => {
  const signal = AbortSignal.timeout(300);
  await expect(executeCommand(script("setInterval(() => {}, 1000)"), { ...limits, signal })).rejects.toThrow(
    "cycle cancelled",
  );
});

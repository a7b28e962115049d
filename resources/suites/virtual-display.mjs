import { createInterface } from "node:readline";
import { execa } from "execa";
import { SetupError } from "../setup/report.mjs";

const startTimeoutMs = 20_000;

/**
 * Runs `action` with an X display of its own, so that no window opens on the operator's screen and every screenshot
 * has the same size. Elsewhere than on Linux windows open as usual.
 *
 * @template Result
 * @param {(env: NodeJS.ProcessEnv) => Promise<Result>} action gets the environment that names the display
 * @param {NodeJS.ProcessEnv} [environment] to which the display is added
 * @returns {Promise<Result>} rejects with a `SetupError` when the display does not start
 */
export async function withVirtualDisplay(action, environment = process.env) {
  if (process.platform !== "linux") return action(environment);
  const { WAYLAND_DISPLAY: _, ...env } = environment;
  // Larger than the largest picture, or a window of that size would not fit with its edges.
  const options = ["-screen", "0", "2560x1440x24", "-nolisten", "tcp"];
  // The server chooses a free number itself and writes it to file descriptor 3 once it accepts clients.
  const server = execa("Xvfb", ["-displayfd", "3", ...options], {
    stdio: ["ignore", "ignore", "pipe", "pipe"],
    env,
    extendEnv: false,
    reject: false,
  });
  try {
    const display = await firstLine(server.stdio[3]);
    if (!/^\d+$/.test(display)) {
      server.kill();
      const { stderr, shortMessage } = await server;
      throw new SetupError(
        "display",
        "Xvfb did not start",
        "sudo apt-get install -y xvfb",
        stderr || shortMessage,
      );
    }
    return await action({ ...env, DISPLAY: `:${display}`, XDG_SESSION_TYPE: "x11" });
  } finally {
    server.kill();
    await server;
  }
}

/** @param {import("node:stream").Readable} stream; @returns {Promise<string>} "" when it ends or keeps silent for 20 s */
async function firstLine(stream) {
  const lines = createInterface({ input: stream });
  const timer = setTimeout(() => lines.close(), startTimeoutMs);
  try {
    for await (const line of lines) return line.trim();
    return "";
  } finally {
    clearTimeout(timer);
  }
}

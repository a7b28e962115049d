import { stat } from "node:fs/promises";
import { execa } from "execa";
import { expect, it } from "vitest";
import { withVirtualDisplay } from "../../../resources/suites/virtual-display.mjs";

/** The socket at which the X server of a display answers. */
const socketOf = (display: string): string => `/tmp/.X11-unix/X${display.slice(1)}`;

it("gives each caller a display of its own, for as long as it works there", async () => {
  const displays = await Promise.all(
    [1, 2].map(() =>
      withVirtualDisplay(async ({ DISPLAY = "", WAYLAND_DISPLAY }) => {
        expect(WAYLAND_DISPLAY).toBeUndefined();
        expect((await stat(socketOf(DISPLAY))).isSocket()).toBe(true);
        return DISPLAY;
      }),
    ),
  );
  expect(new Set(displays).size).toBe(2);
  for (const display of displays) await expect(stat(socketOf(display))).rejects.toThrow(/ENOENT/);
});

it("ends the display when the work fails", async () => {
  let display = "";
  const work = withVirtualDisplay(({ DISPLAY = "" }) => {
    display = DISPLAY;
    return Promise.reject(new Error("broken"));
  });
  await expect(work).rejects.toThrow("broken");
  await expect(stat(socketOf(display))).rejects.toThrow(/ENOENT/);
});

it("says what to install when there is no display server", async () => {
  const script = `
    import { withVirtualDisplay } from ${JSON.stringify(new URL("../../../resources/suites/virtual-display.mjs", import.meta.url).href)};
    try { await withVirtualDisplay(async () => {}); } catch ({ step, remedy }) { console.log(step + ": " + remedy); }`;
  const run = await execa(process.execPath, ["--input-type=module", "--eval", script], {
    env: { PATH: "/nowhere" },
  });
  expect(run.stdout).toBe("display: sudo apt-get install -y xvfb");
});

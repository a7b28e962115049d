import { expect, it } from "vitest";
import { missingLibraries, presentNames } from "../../../resources/setup/system-packages.mjs";

it("reads the libraries ldd did not find, each once", () => {
  const output = [
    "\tlinux-vdso.so.1 (0x00007ffd)",
    "\tlibffmpeg.so => /opt/electron/libffmpeg.so (0x00007f)",
    "\tlibgtk-3.so.0 => not found",
    "\tlibnss3.so => not found",
    "\tlibgtk-3.so.0 => not found",
    "\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)",
  ].join("\n");
  expect(missingLibraries(output)).toEqual(["libgtk-3.so.0", "libnss3.so"]);
  expect(missingLibraries("\tnot a dynamic executable\n")).toEqual([]);
});

it("takes the renamed package where the release has it", () => {
  expect(presentNames(["libgtk-3-0", "libgbm1"], new Set(["libgtk-3-0t64"]))).toEqual([
    "libgtk-3-0t64",
    "libgbm1",
  ]);
});

import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";

// The set-up builds beside the last good build and swaps the two; see resources/setup/build.mjs.
const out = process.env["GATEHOUSE_BUILD_DIR"] ?? "out";

/**
 * One build for every way the console runs. Targets are the oldest runtime we promise to support:
 * Electron 33 carries Node 20.18 and Chromium 130, and the command line runs on the system's Node 20.
 */
export default defineConfig({
  main: {
    build: {
      outDir: `${out}/main`,
      target: "node20",
      sourcemap: true,
      rolldownOptions: {
        // The set-up imports `demo` to make the demo workspace before a console opens it.
        input: { index: "main/index.ts", cli: "main/cli.ts", demo: "main/workspace/demo.ts" },
        external: ["electron", "playwright"],
      },
    },
  },
  preload: {
    build: {
      outDir: `${out}/preload`,
      target: "node20",
      rolldownOptions: {
        input: { index: "preload/index.ts" },
        // A sandboxed preload script must be one CommonJS file.
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
    },
  },
  renderer: {
    root: "renderer",
    base: "./",
    plugins: [react(), tailwindcss()],
    build: {
      outDir: `${out}/renderer`,
      target: "chrome130",
      minify: true,
      // The content security policy has no data: for scripts or styles; keep assets as files.
      assetsInlineLimit: 0,
      rolldownOptions: { input: "renderer/index.html" },
    },
  },
});

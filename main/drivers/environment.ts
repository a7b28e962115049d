/** What a program of ours needs from the environment: where things are, how to speak, and where to write for a while. */
const neededNames = new Set([
  "PATH",
  "HOME",
  "LANG",
  "LANGUAGE",
  "TZ",
  "TMPDIR",
  "TEMP",
  "TMP",
  "USERPROFILE",
]);
const neededOnWindows = new Set(["SYSTEMROOT", "PATHEXT", "COMSPEC", "APPDATA", "LOCALAPPDATA"]);
const neededPrefixes = ["LC_", "TAU_"];

/** Names the browser that a live run drives (main/browser-live/executor/find-browser.ts). */
const liveName = "GATEHOUSE_CHROMIUM";

type Environment = Readonly<Record<string, string | undefined>>;

function pick(from: Environment, wanted: (name: string) => boolean): Record<string, string> {
  return Object.fromEntries(
    Object.entries(from).flatMap(([name, value]) =>
      value !== undefined && wanted(name) ? [[name, value]] : [],
    ),
  );
}

/**
 * Environment of an embedded run. Only what a run needs goes in: keys and tokens in the console's own environment are
 * no business of a fixture's commands. `TAU_*` are the runners' own settings (spec/tau/surfaces.md §3).
 */
export function embeddedEnvironment(from: Environment, runner: "contract" | "live"): Record<string, string> {
  const kept = pick(
    from,
    (name) =>
      neededNames.has(name) ||
      neededOnWindows.has(name.toUpperCase()) ||
      neededPrefixes.some((prefix) => name.startsWith(prefix)) ||
      (runner === "live" && name === liveName),
  );
  return { ...kept, ELECTRON_RUN_AS_NODE: "1", NO_COLOR: "1" };
}

/**
 * Environment of a configured program: all of the console's own, because an agent needs its keys, and what the
 * settings add. Electron's switch is taken out: it would turn a configured Electron program into plain Node.
 */
export function commandEnvironment(
  from: Environment,
  added: Readonly<Record<string, string>>,
): Record<string, string> {
  return { ...pick(from, (name) => name !== "ELECTRON_RUN_AS_NODE"), ...added };
}

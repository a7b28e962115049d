/**
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {readonly string[]} how to start npm, program first: the npm that started this script, else the one on PATH
 */
export function npmCommand(env = process.env) {
  const cli = env["npm_execpath"];
  if (cli?.endsWith("npm-cli.js")) return [process.execPath, cli];
  return [process.platform === "win32" ? "npm.cmd" : "npm"];
}

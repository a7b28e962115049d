/** One mistake in the settings: where (key path), what was expected and what was found. */
export interface SettingsMistake {
  path: readonly PropertyKey[];
  text: string;
}

/** A value as it may be shown in a message: its JSON, cut to 60 characters. */
export function showValue(value: unknown): string {
  if (value === undefined) return "nothing";
  const json = JSON.stringify(value);
  return json.length > 60 ? `${json.slice(0, 57)}…` : json;
}

/** A key path as operators write it: `surfaces.voice.args[0]`. */
export function showPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "the document";
  return path.reduce<string>((shown, key) => {
    if (typeof key === "number") return `${shown}[${key}]`;
    const name = String(key);
    const word = /^[A-Za-z0-9_-]+$/.test(name) ? name : JSON.stringify(name.slice(0, 60));
    return shown === "" ? word : `${shown}.${word}`;
  }, "");
}

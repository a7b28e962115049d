/** Scheme under which the window loads the console: its own, so that no file and no server has its rights. */
export const consoleScheme = "gatehouse";
/** Origin of the console's page, as Chromium reports it for a frame. */
export const consoleOrigin = `${consoleScheme}://console`;
/** The page. */
export const consoleUrl = `${consoleOrigin}/`;

/** URL of a place within the page, an address that begins with `#`; of the page itself for anything else. */
export function consolePlace(place: string): string {
  return place.startsWith("#") ? `${consoleUrl}${place}` : consoleUrl;
}

/** Whether a URL lies in the console's own origin. Anything that cannot be parsed does not. */
export function isConsoleUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password, port } = new URL(url);
  return (
    protocol === `${consoleScheme}:` &&
    host === "console" &&
    username === "" &&
    password === "" &&
    port === ""
  );
}

/** Hosts whose pages may be opened in the operator's browser. The console links to none. */
export const externalHosts: ReadonlySet<string> = new Set();

/**
 * The URL to hand to the operator's browser for a link in the page, or null when it must not be opened: only `https`,
 * only a listed host, no credentials, the default port (Electron security checklist, item 15).
 */
export function externalLink(url: string, allowedHosts: ReadonlySet<string>): string | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  const allowed =
    parsed.protocol === "https:" &&
    allowedHosts.has(parsed.hostname) &&
    parsed.port === "" &&
    parsed.username === "" &&
    parsed.password === "";
  return allowed ? parsed.href : null;
}

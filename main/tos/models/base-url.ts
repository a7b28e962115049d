/** Where an API is, or why that address is refused, in one line that names the setting. */
export type BaseUrl =
  { readonly ok: true; readonly url: string } | { readonly ok: false; readonly problem: string };

/** Names and addresses that never leave this machine. */
const loopbackHost = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Checks the base address of an API: https, or http on this machine, because a key travels with every request. `setting`
 * is what the operator wrote it in. The address itself is not repeated: it may hold a password.
 */
export function parseBaseUrl(text: string, setting: string): BaseUrl {
  const refuse = (found: string): BaseUrl => ({
    ok: false,
    problem: `${setting}: expected an https address (or http on 127.0.0.1, localhost or [::1]), found ${found}`,
  });
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return refuse("text that is not an address");
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return refuse(`the scheme "${url.protocol}"`);
  if (url.protocol === "http:" && !loopbackHost.test(url.hostname))
    return refuse(`http to ${url.hostname}, which is another machine`);
  if (url.username !== "" || url.password !== "") return refuse("one with a user name or password in it");
  if (url.search !== "" || url.hash !== "") return refuse('one with "?" or "#" in it');
  return { ok: true, url: url.href.replace(/\/+$/, "") };
}

import { access, constants } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import { ContractError } from "#domain/contract-error";

/** Places a Chromium is looked for when `GATEHOUSE_CHROMIUM` does not name one; names without a slash stand for the PATH. */
const candidates = ["/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome"] as const;

/**
 * Path of the browser to drive: `GATEHOUSE_CHROMIUM` if set, else the first candidate that can be executed. Throws a
 * `ContractError` that says what to do when there is none.
 */
export async function findBrowser(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const named = environment["GATEHOUSE_CHROMIUM"];
  if (named !== undefined && named !== "") {
    if (await isExecutable(named)) return named;
    throw new ContractError(
      `GATEHOUSE_CHROMIUM: expected the path of an executable browser, found '${named}'`,
    );
  }
  const folders = (environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  for (const candidate of candidates) {
    const paths = isAbsolute(candidate) ? [candidate] : folders.map((folder) => join(folder, candidate));
    for (const path of paths) if (await isExecutable(path)) return path;
  }
  throw new ContractError(
    `no Chromium found (looked for ${candidates.join(", ")}): install one, on Debian with 'apt-get install chromium', or set GATEHOUSE_CHROMIUM to its path`,
  );
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

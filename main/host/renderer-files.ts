import { readFile, realpath } from "node:fs/promises";
import { extname, resolve, sep } from "node:path";

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".json": "application/json; charset=utf-8",
};

export interface RendererFile {
  readonly contentType: string;
  readonly body: Buffer;
}

/**
 * Path of the file a URL path names inside `root`, or null when it names nothing the console serves: an encoding that
 * cannot be read, a NUL, a backslash, a step outside, or a type of file the build does not make. `/` is the page.
 */
export function resolveRendererPath(root: string, urlPath: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  if (!decoded.startsWith("/") || /[\0\\]/.test(decoded)) return null;
  const path = resolve(root, `.${decoded === "/" ? "/index.html" : decoded}`);
  if (!path.startsWith(resolve(root) + sep)) return null;
  return extname(path) in contentTypes ? path : null;
}

/** Reads one file of the built renderer; null when there is none. A link that leads outside the folder is not followed. */
export async function readRendererFile(root: string, urlPath: string): Promise<RendererFile | null> {
  const path = resolveRendererPath(root, urlPath);
  if (path === null) return null;
  try {
    const [realRoot, realPath] = await Promise.all([realpath(root), realpath(path)]);
    if (!realPath.startsWith(realRoot + sep)) return null;
    const contentType = contentTypes[extname(path)] ?? "application/octet-stream";
    return { contentType, body: await readFile(realPath) };
  } catch {
    return null;
  }
}

import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readRendererFile, resolveRendererPath } from "../../../main/host/renderer-files";
import { temporaryFolder } from "../../support/temporary-folder";

describe("renderer files", () => {
  it.each([
    ["/", "/app/index.html"],
    ["/index.html", "/app/index.html"],
    ["/assets/main-1a.js", "/app/assets/main-1a.js"],
    ["/assets/with%20space.css", "/app/assets/with space.css"],
    ["/assets/../index.html", "/app/index.html"],
  ])("%s is a file of the build", (urlPath, path) => {
    expect(resolveRendererPath("/app", urlPath)).toBe(path);
  });

  it.each([
    "/../etc/passwd",
    "/../app2/index.html",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/..%2f..%2fetc%2fpasswd.html",
    "/..%5c..%5cwindows.html",
    "/assets/%00.html",
    "/index.html%00.js",
    "/%",
    "/%ff",
    "index.html",
    "",
    "//etc/passwd",
    "/assets",
    "/assets/",
    "/server.key",
    "/../app/../secret.js",
  ])("%s is not", (urlPath) => {
    expect(resolveRendererPath("/app", urlPath)).toBeNull();
  });

  it("reads files with their type, and follows no link out of the folder", async () => {
    const folder = await temporaryFolder();
    const root = join(folder, "renderer");
    await mkdir(root);
    await writeFile(join(root, "index.html"), "<p>page</p>");
    await writeFile(join(folder, "secret.js"), "secret");
    await symlink(join(folder, "secret.js"), join(root, "link.js"));
    const page = await readRendererFile(root, "/");
    expect([page?.contentType, page?.body.toString()]).toEqual(["text/html; charset=utf-8", "<p>page</p>"]);
    expect(await readRendererFile(root, "/link.js")).toBeNull();
    expect(await readRendererFile(root, "/missing.js")).toBeNull();
    expect(await readRendererFile(join(folder, "nowhere"), "/")).toBeNull();
  });
});

import { describe, expect, it } from "vitest";
import { externalHosts, externalLink, isConsoleUrl } from "../../../main/electron/console-location";

describe("the console's own pages", () => {
  it.each([
    ["gatehouse://console/", true],
    ["gatehouse://console/index.html#/voice", true],
    ["gatehouse://console/assets/a.js?b", true],
    ["gatehouse://other/", false],
    ["gatehouse://console.evil.example/", false],
    ["gatehouse://user@console/", false],
    ["gatehouse://console:80/", false],
    ["https://console/", false],
    ["http://127.0.0.1/", false],
    ["file:///console/index.html", false],
    ["data:text/html,gatehouse://console/", false],
    ["javascript:alert(1)", false],
    ["about:blank", false],
    ["blob:gatehouse://console/1", false],
    ["", false],
    ["gatehouse:", false],
    ["\0gatehouse://console/", true],
  ])("%j: %s", (url, own) => {
    expect(isConsoleUrl(url)).toBe(own);
  });
});

describe("links out", () => {
  const allowed = new Set(["docs.example"]);

  it.each([
    ["https://docs.example/page?q#h", "https://docs.example/page?q#h"],
    ["https://DOCS.example/", "https://docs.example/"],
    ["https://docs.example:443/", "https://docs.example/"],
    ["http://docs.example/", null],
    ["https://evil.example/", null],
    ["https://docs.example.evil.example/", null],
    ["https://evil.example/docs.example", null],
    ["https://docs.example@evil.example/", null],
    ["https://user:secret@docs.example/", null],
    ["https://docs.example:8443/", null],
    ["file:///etc/passwd", null],
    ["javascript:alert(1)", null],
    ["data:text/html,x", null],
    ["smb://docs.example/share", null],
    ["ms-msdt:/id", null],
    ["gatehouse://console/", null],
    ["//docs.example/", null],
    ["docs.example", null],
    ["", null],
  ])("%j opens %j", (url, opened) => {
    expect(externalLink(url, allowed)).toBe(opened);
  });

  it("lead nowhere unless a host is listed", () => {
    expect(externalHosts.size).toBe(0);
    expect(externalLink("https://docs.example/", externalHosts)).toBeNull();
  });
});

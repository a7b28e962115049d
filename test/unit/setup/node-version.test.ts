import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { checkNode, isNodeRecentEnough, oldestNode } from "../../../resources/setup/node-version.mjs";
import { projectFile } from "../../../resources/setup/project.mjs";

it.each([
  ["18.20.8", false],
  ["20.18.3", false],
  ["20.19.0", true],
  ["20.20.2", true],
  ["24.0.0", true],
])("Node %s is recent enough: %s", (version, expected) => {
  expect(isNodeRecentEnough(version)).toBe(expected);
});

it("says what is needed when Node is too old", async () => {
  await expect(checkNode("18.20.8")).rejects.toMatchObject({
    step: "node",
    message: expect.stringMatching(/18\.20\.8 .* 20\.19\.0/),
  });
});

it("agrees with package.json", async () => {
  const { engines } = JSON.parse(await readFile(projectFile("package.json"), "utf8")) as {
    engines: { node: string };
  };
  expect(engines.node).toBe(`>=${oldestNode.join(".")}`);
});

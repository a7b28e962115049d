import { expect, it } from "vitest";
import { recordMatchesLockfile } from "../../../resources/setup/packages.mjs";

const a = { version: "1.0.0", integrity: "sha512-a" };
const wanted = {
  packages: { "": { name: "x" }, "node_modules/a": a, "node_modules/b": { ...a, optional: true } },
};
const installed = (packages: Record<string, unknown>) => ({ packages });

it("accepts what npm installed from the lockfile, with or without optional packages", () => {
  expect(recordMatchesLockfile(wanted, installed({ "node_modules/a": a }))).toBe(true);
  expect(recordMatchesLockfile(wanted, installed({ "node_modules/a": a, "node_modules/b": a }))).toBe(true);
});

it.each([
  ["a missing package", {}],
  ["another version", { "node_modules/a": { ...a, version: "1.0.1" } }],
  ["another content", { "node_modules/a": { ...a, integrity: "sha512-b" } }],
  ["a package the lockfile does not know", { "node_modules/a": a, "node_modules/c": a }],
])("refuses %s", (_, packages) => {
  expect(recordMatchesLockfile(wanted, installed(packages))).toBe(false);
});

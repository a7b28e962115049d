import { lstat } from "node:fs/promises";
import { join } from "node:path";
import type { RepositoryPlace } from "./place";
import { gitText } from "./run-git";

/** Settings of a repository that decide what a checkout writes. */
export interface CheckoutSettings {
  /** Only a part of the files is checked out. */
  readonly sparse: boolean;
  /** Without any rule in the commits a checkout may still write other bytes than a blob holds. */
  readonly converts: boolean;
}

export async function readCheckoutSettings(place: RepositoryPlace): Promise<CheckoutSettings> {
  const { top, environment, commonFolder } = place;
  const pattern = String.raw`^core\.(autocrlf|eol|attributesfile|sparsecheckout)$`;
  const [text, attributes] = await Promise.all([
    gitText(top, ["config", "--get-regexp", pattern], { environment, answers: [1] }),
    lstat(join(commonFolder, "info", "attributes")).catch(() => null),
  ]);
  // The last of several lines is in force; a name without a value means true.
  const settings = new Map(
    text.split("\n").map((line) => [line.split(" ", 1)[0] ?? "", line.slice(line.indexOf(" ") + 1)]),
  );
  const isOn = (name: string): boolean =>
    settings.has(name) && !/^(?:false|no|off|0|)$/i.test(settings.get(name) ?? "");
  return {
    sparse: isOn("core.sparsecheckout"),
    converts:
      attributes !== null || ["core.autocrlf", "core.eol", "core.attributesfile"].some((name) => isOn(name)),
  };
}

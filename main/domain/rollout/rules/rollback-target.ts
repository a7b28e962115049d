import { trimText } from "../../text";
import { releaseRule, wholeFile, type Reason } from "./cell";
import { isVersion } from "./version";

/** G3: there is a version to roll back to (seed 003, preflight; spec/tau/rollout.md §3, §7 row 18: `none` is none). */
export const rollbackTargetRule = releaseRule("G3", ({ observation: { releaseChannel } }) => {
  const { status, problem, path, rollbackVersion } = releaseChannel;
  const expected = "a line of /release-channel show whose rollback_version is a version";
  const record = releaseChannel.record ?? wholeFile(path);
  const version = trimText(rollbackVersion);
  const held = (status: Reason["status"], title: string, observed: string) => ({
    expected,
    observed,
    record,
    reasons: [
      {
        status,
        title,
        expected,
        observed,
        remedy: `Run /release-channel show once a rollback target is recorded, and keep its line in ${path}.`,
        record,
      },
    ],
  });
  if (status !== "ok")
    return held(
      status,
      status === "missing" ? "No rollback target was recorded" : "The rollback target cannot be read",
      problem === "" ? `${path} ${status === "missing" ? "does not exist" : "cannot be used"}` : problem,
    );
  const observed = `rollback_version=${rollbackVersion}`;
  if (version === "none" || !isVersion(version))
    return held(
      "failed",
      version === "none" ? "There is no version to roll back to" : "The rollback target is not a version",
      observed,
    );
  return { expected, observed, record, reasons: [] };
});

import { describe, expect, it } from "vitest";
import {
  isShowLine,
  judgeRollbackApply,
  parseShowLine,
} from "../../../main/domain/rollout/release-channel-line";

const rollback =
  "rollback_channel=stable rollback_version=0.1.0 rollback_reason=channel_switch rollback_reference_unix_ms=1771000000000";
const show = (path = "/w/.tau/release-channel.json", tail = rollback): string =>
  `release channel: path=${path} channel=beta source=store ${tail}`;

describe("a line of /release-channel show", () => {
  it("gives channel and rollback target", () => {
    expect(parseShowLine(show())).toEqual({
      channel: "beta",
      rollbackChannel: "stable",
      rollbackVersion: "0.1.0",
      rollbackReason: "channel_switch",
    });
  });

  it("is cut at known keys, for a path may hold blanks and keys of its own", () => {
    for (const path of [
      "/my work/.tau/release-channel.json",
      "/a channel=dev source=store rollback_version=9/x",
    ])
      expect(parseShowLine(show(path))).toMatchObject({ channel: "beta", rollbackVersion: "0.1.0" });
    expect(parseShowLine(show(undefined, rollback.replace("channel_switch", "two words")))).toMatchObject({
      rollbackReason: "two words",
    });
  });

  it("may follow a prompt, and gives `none` as it stands", () => {
    const none =
      "rollback_channel=none rollback_version=none rollback_reason=none rollback_reference_unix_ms=none";
    expect(parseShowLine(`> ${show(undefined, none)}\r`)).toMatchObject({ rollbackVersion: "none" });
  });

  it.each([
    "",
    "release channel: ",
    show().replace(" channel=beta", ""),
    show().replace(/ rollback_reference_unix_ms.*/, ""),
    "release channel set: path=/w channel=beta previous_channel=stable status=saved " + rollback,
    "release channel error: path=/w error=malformed",
    `my${show()}`,
  ])("is not %j", (line) => {
    expect(parseShowLine(line)).toBeNull();
  });

  it("is told from those of other commands", () => {
    expect(isShowLine(show())).toBe(true);
    expect(isShowLine("release channel: path=/w")).toBe(true);
    expect(isShowLine("release channel apply: path=/w")).toBe(false);
    expect(isShowLine("release channel error: path=/w error=x")).toBe(false);
  });
});

const apply = (change: { status?: string; guard?: string; why?: string } = {}): string =>
  "release channel apply: path=/w w/.tau/release-channel.json state_path=/w w/.tau/release-update-state.json " +
  "channel=stable channel_source=store current=0.1.0 latest=0.1.0 target=0.1.0 action=noop dry_run=false " +
  `lookup_source=override guard_code=${change.guard ?? "ok"} guard_reason=${change.why ?? "target_compatible"} ` +
  `apply_attempts=1 last_apply_unix_ms=1771000000000 ${rollback} status=${change.status ?? "noop"}`;

describe("step 4 of the rollback, applying the target's metadata", () => {
  it("is done by noop (vector 24) and by applied metadata", () => {
    expect(judgeRollbackApply(apply())).toEqual({ outcome: "done", status: "noop" });
    expect(judgeRollbackApply(apply({ status: "applied_metadata" }))).toEqual({
      outcome: "done",
      status: "applied_metadata",
    });
  });

  it("stops for an operator when a guard blocks it (vector 25)", () => {
    const guard = "stable_prerelease_disallowed";
    expect(judgeRollbackApply(apply({ guard, why: "0.2.0-rc.1", status: "blocked" }))).toEqual({
      outcome: "operator-decision",
      reason: `blocked by ${guard} (0.2.0-rc.1)`,
    });
  });

  it.each([
    ["a blocked one", apply({ status: "blocked" }), /found blocked/],
    ["a dry run", apply({ status: "dry_run" }), /found dry_run/],
    [
      "a guard that contradicts its status",
      apply({ guard: "invalid_target_version" }),
      /invalid_target_version/,
    ],
    [
      "a failed lookup",
      "release channel apply: path=/w channel=stable channel_source=store current=0.1.0 latest=unknown target=unknown " +
        `action=blocked dry_run=false guard_code=no_release_records guard_reason=no_releases lookup_source=unknown ${rollback} status=blocked`,
      /no_release_records/,
    ],
    [
      "an error",
      "release channel error: path=/w error=malformed update state status=noop",
      /malformed update state/,
    ],
    ["another command", show(), /expected a line that begins/],
    ["a line without its fields", "release channel apply: path=/w status=noop", /expected the fields/],
    ["nothing", "", /found ""/],
  ])("stops for an operator at %s", (_name, line, reason) => {
    const verdict = judgeRollbackApply(line);
    expect(verdict).toMatchObject({ outcome: "operator-decision", reason: expect.stringMatching(reason) });
  });
});

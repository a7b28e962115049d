import { releaseRule, wholeFile, type Reason } from "./cell";

/** R-PAUSE: the dashboard's operator pause is off (spec/tau/rollout.md §3, §7 row 24). No control file means it runs. */
export const pauseRule = releaseRule("R-PAUSE", ({ observation: { control } }) => {
  const { status, problem, path, mode } = control;
  const expected = "dashboard control mode running";
  const record = control.record ?? wholeFile(path);
  const observed = status === "missing" ? `${path} does not exist: running` : `mode ${mode}`;
  const held = (held: Pick<Reason, "status" | "title" | "observed" | "remedy">) => ({
    expected,
    observed,
    record,
    reasons: [{ ...held, expected, record }],
  });
  if (status === "unreadable")
    return held({
      status,
      title: "Whether the dashboard is paused cannot be read",
      observed: problem,
      remedy: `Mend ${path}, or pause and resume the dashboard so that it is written anew.`,
    });
  if (mode === "paused")
    return held({
      status: "failed",
      title: "The dashboard is paused",
      observed,
      remedy: "Resume the dashboard once the reason for its pause is settled.",
    });
  return { expected, observed, record, reasons: [] };
});

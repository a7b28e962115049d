import { FlaskConical } from "lucide-react";
import type { TosView } from "#contract/tos/view";

/** What the automatic test after a rollback does and costs (spec/tos/launcher.md §4 and §7). */
export function TestNotice(props: { readonly provider: TosView["provider"] }) {
  return (
    <div
      className="flex items-start gap-2 border border-line bg-raised px-3 py-1.5"
      data-testid="test-follows"
    >
      <FlaskConical size={14} className="mt-[3px] shrink-0 text-muted" aria-hidden />
      <p>
        <span className="font-medium">Then test runs, with cleanup.</span> It is no passive check: it runs the
        orchestrator, executes the commands the policy allows, and takes one job of the job loop.{" "}
        {props.provider === "api"
          ? "It calls both APIs, which costs money, unless result_v2.txt already reaches the goal."
          : "Scripted replies answer: no API is called, it costs nothing."}
      </p>
    </div>
  );
}

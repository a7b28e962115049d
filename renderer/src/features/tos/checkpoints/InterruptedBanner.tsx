import { OctagonAlert } from "lucide-react";
import type { RepositoryView } from "#contract/tos/repository";
import { Age } from "../../../ui/Age";
import { Button } from "../../../ui/Button";
import { useAskedOperation } from "../asked-operation";
import { shortHash } from "./checkpoint-name";

/** Says that a rollback was cut off, and leads both ways out of it. Null while none was. */
export function InterruptedBanner(props: { readonly repository: RepositoryView; readonly busy: boolean }) {
  const { ask } = useAskedOperation();
  const { interrupted, recoveries } = props.repository;
  if (interrupted === null || props.busy) return null;
  const recovery = recoveries.find(({ recoveryId }) => recoveryId === interrupted);
  return (
    <div
      role="alert"
      className="flex shrink-0 items-center gap-3 border-2 border-failing bg-failing-wash px-4 py-2.5"
      data-testid="interrupted"
    >
      <OctagonAlert size={22} strokeWidth={2.25} className="shrink-0 text-failing" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="text-title font-semibold text-failing">A rollback was cut off</p>
        <p>
          The working tree may be half of each.{" "}
          {recovery !== undefined && (
            <>
              {recovery.operator} began it <Age unixMs={recovery.unixMs} /> from{" "}
              <span className="figure">{shortHash(recovery.from.hash)}</span> to{" "}
              <span className="figure">{shortHash(recovery.toHash)}</span>: {recovery.reason}.{" "}
            </>
          )}
          Nothing is lost: what it would take away is kept in the recovery.
        </p>
      </div>
      <Button
        onClick={() => ask({ operation: "undo", recoveryId: interrupted })}
        data-testid="undo-interrupted"
      >
        Undo…
      </Button>
      <Button
        look="danger"
        onClick={() => ask({ operation: "finish", recoveryId: interrupted })}
        data-testid="finish-interrupted"
      >
        Finish…
      </Button>
    </div>
  );
}

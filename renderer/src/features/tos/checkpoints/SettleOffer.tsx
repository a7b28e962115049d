import { useState } from "react";
import type { RepositoryView } from "#contract/tos/repository";
import { formatCounted } from "../../../format/number";
import { Button } from "../../../ui/Button";
import { Notice } from "../../../ui/Notice";
import { useAskedOperation } from "../asked-operation";
import { TreeChanges } from "./TreeChanges";

/**
 * Offers the ways to make a working tree clean that a rollback demands. Nothing is done by itself: each opens a dialog
 * (spec/tos/governance.md §6: show the difference, discard or stash, a person decides).
 */
export function SettleOffer(props: {
  readonly repository: RepositoryView;
  /** Shows the lines that differ; left out where there is no room for them. */
  readonly onCompare?: () => void;
}) {
  const { ask } = useAskedOperation();
  const [listed, setListed] = useState(false);
  const { changeCount } = props.repository;
  if (changeCount === 0) return null;
  return (
    <div className="shrink-0">
      <Notice
        tone="degraded"
        title={`The working tree is not clean: ${formatCounted(changeCount, "change")}.`}
        action={
          <span className="flex shrink-0 gap-1.5">
            <Button size="small" aria-expanded={listed} onClick={() => setListed(!listed)}>
              {listed ? "Hide the files" : "Show the files"}
            </Button>
            {props.onCompare !== undefined && (
              <Button size="small" onClick={props.onCompare} data-settle="compare">
                Show the difference
              </Button>
            )}
            <Button size="small" onClick={() => ask({ operation: "checkpoint" })}>
              Checkpoint…
            </Button>
            <Button size="small" onClick={() => ask({ operation: "stash" })} data-settle="stash">
              Stash…
            </Button>
            <Button
              size="small"
              look="danger"
              onClick={() => ask({ operation: "discard" })}
              data-settle="discard"
            >
              Discard…
            </Button>
          </span>
        }
      >
        <p className="text-small text-muted">
          A rollback demands a clean one. Settle it first; each way asks again.
        </p>
      </Notice>
      {listed && (
        <div className="border border-t-0 border-line bg-panel">
          <TreeChanges repository={props.repository} none="" />
          <p className="border-t border-line px-3 py-0.5 text-small text-faint">
            digest <span className="figure break-all">{props.repository.treeDigest}</span>
          </p>
        </div>
      )}
    </div>
  );
}

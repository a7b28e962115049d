import { ArchiveRestore, OctagonAlert, Undo2, type LucideIcon } from "lucide-react";
import type { Recovery, RepositoryView } from "#contract/tos/repository";
import { formatCounted } from "../../../format/number";
import { Age } from "../../../ui/Age";
import { Button } from "../../../ui/Button";
import { classNames } from "../../../ui/class-names";
import { Section } from "../../../ui/Section";
import { useAskedOperation } from "../asked-operation";
import { shortHash } from "./checkpoint-name";

const states: Readonly<
  Record<Recovery["state"], { readonly word: string; readonly Glyph: LucideIcon; readonly ink: string }>
> = {
  open: { word: "cut off", Glyph: OctagonAlert, ink: "text-failing" },
  done: { word: "kept", Glyph: ArchiveRestore, ink: "text-healthy" },
  undone: { word: "undone", Glyph: Undo2, ink: "text-muted" },
};

function RecoveryEntry(props: { readonly recovery: Recovery; readonly busy: boolean }) {
  const { recovery } = props;
  const { ask } = useAskedOperation();
  const { Glyph, ink, word } = states[recovery.state];
  return (
    <li
      className="flex items-start gap-2 border-b border-line px-3 py-1.5 last:border-b-0"
      data-recovery={recovery.state}
    >
      <span className={classNames("flex w-18 shrink-0 items-center gap-1.5 font-medium", ink)}>
        <Glyph size={13} strokeWidth={2.25} aria-hidden className="shrink-0" />
        {word}
      </span>
      <div className="min-w-0 flex-1">
        <p className="truncate" title={recovery.reason}>
          {recovery.reason}
        </p>
        <p className="text-small break-words text-muted" title={recovery.ref}>
          <Age unixMs={recovery.unixMs} /> · {recovery.operator} ·{" "}
          <span className="figure">{shortHash(recovery.from.hash)}</span> →{" "}
          <span className="figure">{shortHash(recovery.toHash)}</span> ·{" "}
          {formatCounted(recovery.files, "file")} beside the commits
        </p>
      </div>
      {recovery.state !== "undone" && (
        <Button
          size="small"
          disabled={props.busy}
          aria-label={`Undo: ${recovery.reason}`}
          onClick={() => ask({ operation: "undo", recoveryId: recovery.recoveryId })}
        >
          Undo…
        </Button>
      )}
    </li>
  );
}

/** What each rollback took away, newest first, and the way back. */
export function RecoveryList(props: {
  readonly repository: RepositoryView;
  readonly busy: boolean;
  readonly className?: string;
}) {
  const { recoveries } = props.repository;
  return (
    <Section
      title="Recoveries"
      aside={<span className="text-small text-faint">what a rollback took away</span>}
      {...(props.className === undefined ? {} : { className: props.className })}
      bodyClassName="scroll-region"
    >
      {recoveries.length === 0 ? (
        <p className="px-3 py-2 text-muted">Nothing was rolled back yet.</p>
      ) : (
        <ul tabIndex={0} aria-label="Recoveries, newest first">
          {recoveries.map((recovery) => (
            <RecoveryEntry key={recovery.recoveryId} recovery={recovery} busy={props.busy} />
          ))}
        </ul>
      )}
    </Section>
  );
}

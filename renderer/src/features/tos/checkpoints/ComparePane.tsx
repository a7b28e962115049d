import { RotateCw, Undo2 } from "lucide-react";
import { useMemo, useState } from "react";
import type { RepositoryView } from "#contract/tos/repository";
import { useRequest } from "../../../state/use-request";
import { Button } from "../../../ui/Button";
import { EmptyState, ErrorNotice, Notice } from "../../../ui/Notice";
import { Picker } from "../../../ui/Picker";
import { SkeletonLines } from "../../../ui/Skeleton";
import { useAskedOperation } from "../asked-operation";
import { compareChoices, untrackedFiles, workingTree } from "./compare-choices";
import { diffRows } from "./diff/diff-rows";
import { DiffFileList } from "./diff/DiffFileList";
import { DiffView } from "./diff/DiffView";

function Lines(props: {
  readonly from: string;
  readonly to: string | null;
  readonly path: string | null;
  readonly revision: string;
}) {
  const { from, path, revision, to } = props;
  const { ask, error, value } = useRequest("tos.diff", { from, to, path }, revision);
  const rows = useMemo(() => diffRows(value?.text ?? ""), [value]);
  if (error !== null) return <ErrorNotice error={error} className="m-2 flex-1 self-start" onRetry={ask} />;
  if (value === null) return <SkeletonLines lines={8} />;
  if (rows.length === 0)
    return (
      <EmptyState title="No lines to compare">
        <p>Git knows no earlier content of what is untracked.</p>
      </EmptyState>
    );
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      {value.truncated && (
        <Notice
          tone="stale"
          className="m-2"
          title="Only the first 512 KiB are shown. Choose a file to see its own lines."
        />
      )}
      <DiffView rows={rows} label={path === null ? "Lines that differ" : `Lines that differ in ${path}`} />
    </div>
  );
}

/** What differs between a commit and the working tree, or another commit: the files, and the lines of those chosen. */
export function ComparePane(props: {
  readonly repository: RepositoryView;
  /** Hash of the commit that is compared. */
  readonly from: string;
  readonly revision: string;
}) {
  const { from, repository, revision } = props;
  const { ask: askOperation } = useAskedOperation();
  const [chosenTo, setTo] = useState(workingTree);
  const [path, setPath] = useState<string | null>(null);
  const choices = compareChoices(repository, from);
  const known = choices.to.some(({ value }) => value === chosenTo);
  const to = !known || chosenTo === workingTree ? null : chosenTo;
  const { ask, asking, error, value } = useRequest("tos.diff", { from, to }, revision);
  const untracked = to === null ? untrackedFiles(repository, value?.files ?? []) : [];
  const files = [...(value?.files ?? []), ...untracked];
  const shownPath = files.some((file) => file.path === path) ? path : null;
  const canGoThere = choices.from.isCheckpoint && repository.head?.hash !== from;
  return (
    <section
      aria-label="Comparison"
      className="flex min-h-0 min-w-0 flex-1 flex-col border border-line bg-panel"
    >
      <header className="flex h-9 shrink-0 items-center gap-2 border-b border-line px-3">
        <h2 className="min-w-0 truncate font-semibold" title={from}>
          {choices.from.label}
        </h2>
        <span className="shrink-0 text-muted">compared with</span>
        <Picker
          label="Compared with"
          value={to ?? workingTree}
          choices={choices.to}
          onChange={setTo}
          className="max-w-70 min-w-0"
        />
        <span className="flex-1" />
        <Button
          look="quiet"
          size="icon"
          aria-label="Read the difference again"
          disabled={asking}
          onClick={ask}
        >
          <RotateCw size={13} aria-hidden />
        </Button>
        {canGoThere && (
          <Button
            look="danger"
            onClick={() => askOperation({ operation: "rollback", target: from })}
            data-testid="roll-back-here"
          >
            <Undo2 size={14} aria-hidden />
            Roll back to this…
          </Button>
        )}
      </header>
      {error !== null && value === null && <ErrorNotice error={error} className="m-2" onRetry={ask} />}
      {value === null && error === null && <SkeletonLines lines={8} />}
      {value !== null && files.length === 0 && (
        <EmptyState title="Nothing differs">
          {to === null
            ? "The working tree is as this commit has it, but for what git ignores."
            : "Both have the same files."}
        </EmptyState>
      )}
      {files.length > 0 && (
        <div className="flex min-h-0 flex-1">
          <DiffFileList files={files} chosen={shownPath} onChoose={setPath} />
          <Lines from={from} to={to} path={shownPath} revision={revision} />
        </div>
      )}
    </section>
  );
}

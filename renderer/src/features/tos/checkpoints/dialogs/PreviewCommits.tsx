import { formatCount, formatCounted } from "../../../../format/number";
import type { RollbackPreview } from "#contract/tos/repository";
import { Age } from "../../../../ui/Age";
import { shortHash } from "../checkpoint-name";
import { VirtualRows } from "../VirtualRows";

const rowHeight = 24;

/** The commits that leave the branch, newest first. */
export function PreviewCommits(props: { readonly preview: RollbackPreview }) {
  const { commitCount, commits, incomingCount } = props.preview;
  return (
    <>
      <p className="px-3 py-1 text-muted">
        {commitCount === 0
          ? "No commit leaves the branch."
          : `${formatCounted(commitCount, "commit leaves", "commits leave")} the branch:`}
        {incomingCount > 0 && ` ${formatCounted(incomingCount, "commit comes", "commits come")} onto it.`}
      </p>
      {commits.length > 0 && (
        <VirtualRows
          items={commits}
          height={rowHeight}
          label="Commits that leave the branch"
          className={commits.length > 4 ? "h-24 border-t border-line" : "border-t border-line"}
          row={(commit) => (
            <div
              className="flex h-full items-center gap-3 border-b border-line px-3"
              data-preview-commit={commit.hash}
            >
              <span className="figure shrink-0 text-small text-muted">{shortHash(commit.hash)}</span>
              <span className="min-w-0 flex-1 truncate" title={commit.subject}>
                {commit.subject}
              </span>
              <span className="shrink-0 truncate text-small text-muted">{commit.author}</span>
              <span className="w-24 shrink-0 text-right text-small text-faint">
                <Age unixMs={commit.unixMs} />
              </span>
            </div>
          )}
        />
      )}
      {commitCount > commits.length && (
        <p className="px-3 py-1 text-small text-muted">
          The newest {formatCount(commits.length)} of {formatCount(commitCount)} commits are listed.
        </p>
      )}
    </>
  );
}

import { ArrowRight } from "lucide-react";
import type { Commit, RollbackPreview } from "#contract/tos/repository";
import { formatCounted } from "../../../../format/number";
import { Age } from "../../../../ui/Age";
import { Prose } from "../../../../ui/Prose";
import { shortHash } from "../checkpoint-name";
import { lostFiles } from "./preview-groups";
import { PreviewCommits } from "./PreviewCommits";
import { PreviewFileList } from "./PreviewFileList";

function CommitFacts(props: { readonly commit: Commit; readonly label: string }) {
  const { commit } = props;
  return (
    <div className="min-w-0 flex-1">
      <p className="text-small text-faint">{props.label}</p>
      <p className="truncate font-medium" title={commit.subject}>
        {commit.subject}
      </p>
      <p className="truncate text-small text-muted">
        <span className="figure" title={commit.hash}>
          {shortHash(commit.hash)}
        </span>{" "}
        · {commit.author} · <Age unixMs={commit.unixMs} />
      </p>
    </div>
  );
}

/** Where the target came from; a hash that was chosen says nothing the commit does not. */
function sourceWords({ targetSource, to }: RollbackPreview): string {
  return to.hash.startsWith(targetSource) ? "as chosen" : targetSource;
}

/** Everything a rollback would do, from the first commit to the last file. */
export function PreviewFacts(props: { readonly preview: RollbackPreview }) {
  const { preview } = props;
  const lost = lostFiles(preview.files).length;
  return (
    <section aria-label="What goes" className="border border-line" data-preview={preview.previewId}>
      <div className="flex items-center gap-4 border-b border-line bg-raised px-3 py-1.5">
        <CommitFacts commit={preview.from} label={`${preview.branch ?? "detached HEAD"} stands at`} />
        <ArrowRight size={16} className="shrink-0 text-muted" aria-label="goes to" role="img" />
        <CommitFacts commit={preview.to} label={`and goes to (${sourceWords(preview)})`} />
      </div>
      <PreviewCommits preview={preview} />
      <div className="border-t border-line">
        <PreviewFileList preview={preview} />
      </div>
      <p className="border-t border-line px-3 py-1">
        {lost === 0 ? (
          "Whatever goes is kept in a recovery first: the rollback can be undone."
        ) : (
          <span className="font-semibold text-failing">
            {formatCounted(lost, "file")} cannot be brought back.
          </span>
        )}
      </p>
      {preview.notes.length > 0 && (
        <ul
          aria-label="To be known"
          className="list-disc border-t border-line py-1 pr-3 pl-7 text-small text-muted"
        >
          {preview.notes.map((note) => (
            <li key={note} className="break-words">
              <Prose text={note} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

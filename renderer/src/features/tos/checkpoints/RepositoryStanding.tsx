import { CircleCheck, CircleDashed, GitBranch, PenLine, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { RepositoryView } from "#contract/tos/repository";
import { formatCounted } from "../../../format/number";
import { Age } from "../../../ui/Age";
import { classNames } from "../../../ui/class-names";
import { shortHash } from "./checkpoint-name";

function Fact(props: { readonly term: string; readonly children: ReactNode; readonly className?: string }) {
  return (
    <div className={classNames("min-w-0", props.className)}>
      <dt className="text-small text-faint">{props.term}</dt>
      <dd className="flex min-w-0 items-center gap-1.5">{props.children}</dd>
    </div>
  );
}

function LastCheckpoint(props: { readonly repository: RepositoryView }) {
  const { head, lastCheckpoint } = props.repository;
  if (lastCheckpoint === null)
    return (
      <>
        <CircleDashed size={13} className="shrink-0 text-muted" aria-hidden />
        <span className="text-muted">not written yet: a rollback needs a target</span>
      </>
    );
  const isHead = lastCheckpoint.hash === head?.hash;
  return (
    <>
      {!lastCheckpoint.resolves && (
        <TriangleAlert size={13} strokeWidth={2.25} className="shrink-0 text-failing" aria-hidden />
      )}
      <span className="figure" title={`${lastCheckpoint.path}: ${lastCheckpoint.hash}`}>
        {shortHash(lastCheckpoint.hash)}
      </span>
      <span className={classNames("truncate", !lastCheckpoint.resolves && "font-medium text-failing")}>
        {lastCheckpoint.resolves
          ? isHead
            ? "is HEAD"
            : "is not HEAD"
          : "names no commit of this repository"}
      </span>
      <span className="shrink-0 text-small text-faint">
        written <Age unixMs={lastCheckpoint.modifiedUnixMs} />
      </span>
    </>
  );
}

/** Where the branch stands, whether the tree is clean, and where a rollback would go. */
export function RepositoryStanding(props: { readonly repository: RepositoryView }) {
  const { repository } = props;
  const { branch, changeCount, head, readUnixMs, remote } = repository;
  const clean = changeCount === 0;
  return (
    <dl className="grid min-w-0 flex-1 grid-cols-[minmax(0,4fr)_minmax(0,3fr)_minmax(0,2fr)_minmax(0,4fr)] gap-x-5">
      <Fact term={branch === null ? "HEAD is detached at" : `Branch ${branch} stands at`}>
        <GitBranch size={13} className="shrink-0 text-muted" aria-hidden />
        {head === null ? (
          <span className="text-muted">no commit yet</span>
        ) : (
          <>
            <span className="figure shrink-0" title={head.hash}>
              {shortHash(head.hash)}
            </span>
            <span className="truncate" title={`${head.subject}, ${head.author}`}>
              {head.subject}
            </span>
            <span className="shrink-0 text-small text-faint">
              <Age unixMs={head.unixMs} />
            </span>
          </>
        )}
      </Fact>
      <Fact term="Working tree">
        {clean ? (
          <CircleCheck size={13} strokeWidth={2.25} className="shrink-0 text-healthy" aria-hidden />
        ) : (
          <PenLine size={13} strokeWidth={2.25} className="shrink-0 text-degraded" aria-hidden />
        )}
        <span
          className={classNames("font-medium", clean ? "text-healthy" : "text-degraded")}
          data-tree={clean ? "clean" : "dirty"}
          title={`Digest ${repository.treeDigest}`}
        >
          {clean ? "Clean" : formatCounted(changeCount, "change")}
        </span>
        <span className="shrink-0 text-small text-faint">
          read <Age unixMs={readUnixMs} />
        </span>
      </Fact>
      <Fact term="Remote">
        {remote === null ? (
          <span className="text-muted">none</span>
        ) : (
          <span className="figure truncate" title={remote}>
            {remote}
          </span>
        )}
      </Fact>
      <Fact term="logs/last_checkpoint.txt">
        <LastCheckpoint repository={repository} />
      </Fact>
    </dl>
  );
}

import { useState } from "react";
import type { TosView } from "#contract/tos/view";
import { formatCounted } from "../../../format/number";
import { useConsole } from "../../../state/console-store";
import { Age } from "../../../ui/Age";
import { classNames } from "../../../ui/class-names";
import { EmptyState, Notice } from "../../../ui/Notice";
import { Section } from "../../../ui/Section";
import { CheckpointList } from "./CheckpointList";
import { ComparePane } from "./ComparePane";
import { previewRevision } from "./dialogs/use-preview";
import { InterruptedBanner } from "./InterruptedBanner";
import { OperationOutput } from "./OperationOutput";
import { RecoveryList } from "./RecoveryList";
import { RepositoryStanding } from "./RepositoryStanding";
import { SettleOffer } from "./SettleOffer";

/** Stands for everything where there is no repository, or git itself fails: nothing else can be said then. */
function NoRepository(props: { readonly view: TosView }) {
  const { problem, readUnixMs, state } = props.view.repository;
  return (
    <div className="flex flex-col gap-2 p-2" data-testid="no-repository">
      <Notice tone="failing" title={problem}>
        <p className="text-small text-muted">
          {props.view.root}, read <Age unixMs={readUnixMs} />
        </p>
      </Notice>
      <p className="px-3 text-muted">
        {state === "none"
          ? "Checkpoints are commits: without a repository there is nothing to go back to."
          : "Nothing is said about checkpoints until git answers again."}
      </p>
    </div>
  );
}

/** Checkpoints, what differs from them, and the ways back: rollback, and the undo of one. */
export function CheckpointsTab(props: { readonly view: TosView }) {
  const { repository } = props.view;
  const connected = useConsole((state) => state.connection === "connected");
  const [chosen, setChosen] = useState<string | null>(null);
  const { checkpoints, head } = repository;
  const busy = props.view.run !== null;
  const isKnown = chosen === head?.hash || checkpoints.some(({ hash }) => hash === chosen);
  const from = (isKnown ? chosen : checkpoints[0]?.hash) ?? head?.hash ?? null;
  if (repository.state === "none" || repository.state === "broken") return <NoRepository view={props.view} />;
  return (
    <div
      className={classNames("flex min-h-0 flex-1 flex-col gap-2 p-2", !connected && "held hatched")}
      data-testid="checkpoints-tab"
    >
      <InterruptedBanner repository={repository} busy={busy} />
      {repository.problem !== "" && (
        <Notice tone={repository.state === "ready" ? "degraded" : "failing"} title={repository.problem} />
      )}
      <div className="shrink-0 border border-line bg-panel px-3 py-1.5">
        <RepositoryStanding repository={repository} />
      </div>
      <SettleOffer repository={repository} onCompare={() => setChosen(head?.hash ?? null)} />
      <OperationOutput view={props.view} />
      <div className="flex min-h-0 flex-1 gap-2">
        <div className="flex w-95 shrink-0 flex-col gap-2 min-[1500px]:w-120">
          <Section
            title="Checkpoints"
            aside={
              <span className="text-small text-faint">{formatCounted(checkpoints.length, "checkpoint")}</span>
            }
            className="flex-1"
          >
            {checkpoints.length === 0 ? (
              <EmptyState title="No checkpoint yet">
                <p>Make one before anything is run: a rollback goes back to it.</p>
              </EmptyState>
            ) : (
              <CheckpointList checkpoints={checkpoints} chosen={from} onChoose={setChosen} />
            )}
          </Section>
          <RecoveryList repository={repository} busy={busy} className="max-h-2/5 min-h-20 shrink-0" />
        </div>
        {from === null ? (
          <EmptyState title="Nothing to compare">
            <p>The repository has no commit yet.</p>
          </EmptyState>
        ) : (
          <ComparePane
            key={from}
            repository={repository}
            from={from}
            revision={previewRevision(repository)}
          />
        )}
      </div>
    </div>
  );
}

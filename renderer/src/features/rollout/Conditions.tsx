import { surfaceLabels, type SurfaceId } from "#contract/identity";
import type { RolloutView } from "#contract/rollout/view";
import { formatTimestamp } from "../../format/time";
import { TimeLeft } from "../../ui/Age";
import { Button } from "../../ui/Button";
import { Notice } from "../../ui/Notice";
import type { Asked } from "./actions/command-of";
import { EffectNotice } from "./EffectNotice";

function JournalNotice(props: { readonly journal: RolloutView["journal"] }) {
  const { problem, record } = props.journal;
  return (
    <Notice tone="failing" live title="The journal cannot be trusted: everything holds.">
      <p className="figure text-small break-words">{problem}</p>
      {record !== null && (
        <p className="figure text-small break-all text-muted">
          {record.path}
          {record.line === null ? "" : `:${record.line}`}
          {record.byteOffset === null ? "" : `, byte ${record.byteOffset}`}
        </p>
      )}
    </Notice>
  );
}

function BaselineNotice(props: { readonly surface: SurfaceId; readonly onRebaseline: () => void }) {
  const label = surfaceLabels[props.surface];
  return (
    <Notice
      tone="degraded"
      title={
        <>
          The log of {label} is not the one its baseline was taken from.
          <span className="pl-3 text-small font-normal text-muted">
            Until a new one is taken, all it says counts as new.
          </span>
        </>
      }
      action={
        <Button size="small" onClick={props.onRebaseline}>
          Rebaseline {label}…
        </Button>
      }
    />
  );
}

/** What holds the rollout as a whole: each condition in its own words, with the button that mends it where there is one. */
export function Conditions(props: { readonly view: RolloutView; readonly onAsk: (asked: Asked) => void }) {
  const { freezeWindow, invalidBaselines, journal } = props.view;
  const pending = props.view.effects.filter(({ state }) => state !== "done");
  if (
    journal.problem === "" &&
    freezeWindow === null &&
    invalidBaselines.length === 0 &&
    pending.length === 0
  )
    return null;
  return (
    <div className="flex shrink-0 flex-col gap-1" aria-label="Conditions" role="group">
      {journal.problem !== "" && <JournalNotice journal={journal} />}
      {pending.map((effect) => (
        <EffectNotice
          key={effect.effectId}
          effect={effect}
          onRetry={() => props.onAsk({ action: "retry-hook" })}
        />
      ))}
      {invalidBaselines.map((surface) => (
        <BaselineNotice
          key={surface}
          surface={surface}
          onRebaseline={() => props.onAsk({ action: "rebaseline", surface })}
        />
      ))}
      {freezeWindow !== null && (
        <Notice
          tone="degraded"
          title={
            <>
              Freeze window: {freezeWindow.title}
              <span className="pl-3 text-small font-normal text-muted">
                until <span className="figure">{formatTimestamp(freezeWindow.untilUnixMs).slice(0, 16)}</span>{" "}
                UTC, over <TimeLeft unixMs={freezeWindow.untilUnixMs} />. Promoting in it needs a reason of
                its own.
              </span>
            </>
          }
        />
      )}
    </div>
  );
}

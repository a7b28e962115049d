import { surfaceLabels, type SurfaceId } from "#contract/identity";
import type { RolloutView } from "#contract/rollout/view";
import { formatCounted } from "../../format/number";
import { formatTimestamp } from "../../format/time";
import { TimeLeft } from "../../ui/Age";
import { Button } from "../../ui/Button";
import { Notice } from "../../ui/Notice";
import type { Asked } from "./actions/command-of";
import { EffectNotice } from "./EffectNotice";

/** What is out of the ordinary: each condition in its own words, with the button that mends it where there is one. */
export function Conditions(props: { readonly view: RolloutView; readonly onAsk: (asked: Asked) => void }) {
  const { clockJumps, freezeWindow, invalidBaselines, journal, effects } = props.view;
  const shown = effects.filter(({ state }) => state !== "done");
  const rebaseline = (surface: SurfaceId) => () => props.onAsk({ action: "rebaseline", surface });
  if (
    journal.problem === "" &&
    freezeWindow === null &&
    clockJumps === 0 &&
    invalidBaselines.length === 0 &&
    effects.length === 0
  )
    return null;
  return (
    <div className="flex shrink-0 flex-col gap-1" aria-label="Conditions" role="group">
      {journal.problem !== "" && (
        <Notice tone="failing" live title="The journal cannot be trusted: everything holds.">
          <p className="figure text-small break-words">{journal.problem}</p>
          {journal.record !== null && (
            <p className="figure text-small break-all text-muted">
              {journal.record.path}
              {journal.record.line === null ? "" : `:${journal.record.line}`}
              {journal.record.byteOffset === null ? "" : `, byte ${journal.record.byteOffset}`}
            </p>
          )}
        </Notice>
      )}
      {shown.map((effect) => (
        <EffectNotice
          key={effect.effectId}
          effect={effect}
          onRetry={() => props.onAsk({ action: "retry-hook" })}
        />
      ))}
      {invalidBaselines.map((surface) => (
        <Notice
          key={surface}
          tone="degraded"
          title={`The log of ${surfaceLabels[surface]} is not the one its baseline was taken from.`}
          action={
            <Button size="small" onClick={rebaseline(surface)}>
              Rebaseline {surfaceLabels[surface]}…
            </Button>
          }
        >
          <p className="text-small text-muted">Every occurrence in the new log counts as new until then.</p>
        </Notice>
      ))}
      {freezeWindow !== null && (
        <Notice tone="degraded" title={`Freeze window: ${freezeWindow.title}`}>
          <p className="text-small text-muted">
            Until <span className="figure">{formatTimestamp(freezeWindow.untilUnixMs).slice(0, 16)}</span>{" "}
            UTC, it ends <TimeLeft unixMs={freezeWindow.untilUnixMs} />. Promoting in it needs a reason of its
            own.
          </p>
        </Notice>
      )}
      {clockJumps > 0 && (
        <Notice
          tone="stale"
          title={`The wall clock jumped ${formatCounted(clockJumps, "time")} in this rollout.`}
        >
          <p className="text-small text-muted">
            Evidence time is measured on the monotonic clock: no phase got shorter or longer by it.
          </p>
        </Notice>
      )}
      {shown.length === 0 &&
        effects
          .slice(-1)
          .map((effect) => <EffectNotice key={effect.effectId} effect={effect} onRetry={null} />)}
    </div>
  );
}

import type { RolloutView } from "#contract/rollout/view";
import { Age } from "../../ui/Age";
import { Button } from "../../ui/Button";
import { Notice } from "../../ui/Notice";

type EffectView = RolloutView["effects"][number];

const words: Readonly<Record<EffectView["state"], string>> = {
  intended: "not asked yet",
  attempted: "running",
  done: "done",
  failed: "failed",
};

const tones = { intended: "degraded", attempted: "degraded", done: "stale", failed: "failing" } as const;

/** How the giving of a percent by the profile's hook stands, with what it printed. */
export function EffectNotice(props: { readonly effect: EffectView; readonly onRetry: () => void }) {
  const { effect } = props;
  return (
    <Notice
      tone={tones[effect.state]}
      live={effect.state === "failed"}
      title={
        <>
          Hook for <span className="figure">{effect.percent} %</span> ({effect.purpose}):{" "}
          {words[effect.state]}
          <span className="pl-3 text-small font-normal text-muted">
            attempt <span className="figure">{effect.attempt}</span> of{" "}
            <span className="figure">{effect.attempts}</span>, <Age unixMs={effect.changedUnixMs} />
            {effect.detail === "" ? "" : `: ${effect.detail}`}
          </span>
        </>
      }
      action={
        effect.state === "failed" ? (
          <Button size="small" onClick={props.onRetry}>
            Run the hook again…
          </Button>
        ) : undefined
      }
    >
      {effect.output !== "" && (
        <pre
          tabIndex={0}
          aria-label="What the hook printed last"
          className="figure scroll-region max-h-8 text-small leading-4 break-all whitespace-pre-wrap text-muted"
        >
          {effect.output}
        </pre>
      )}
    </Notice>
  );
}

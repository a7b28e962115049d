import { CircleCheck, CircleDashed, OctagonX } from "lucide-react";
import { useEffect, useRef } from "react";
import { surfaceLabels } from "#contract/identity";
import type { RolloutView } from "#contract/rollout/view";
import type { TriggerId } from "#contract/rollout/vocabulary";
import { Age } from "../../ui/Age";
import { classNames } from "../../ui/class-names";
import { Prose } from "../../ui/Prose";
import { Section } from "../../ui/Section";
import { Reasons } from "../holds/Reasons";
import { EvidenceRecord } from "./evidence/EvidenceRecord";

type TriggerView = RolloutView["triggers"][number];

const looks = {
  clear: { Glyph: CircleCheck, word: "clear", tone: "text-healthy" },
  fired: { Glyph: OctagonX, word: "fired", tone: "text-failing" },
  "not-evaluated": { Glyph: CircleDashed, word: "not evaluated", tone: "text-faint" },
} as const;

function Findings(props: { readonly trigger: TriggerView }) {
  const { trigger } = props;
  if (trigger.findings.length === 0) return null;
  return (
    <ul aria-label={`What fired ${trigger.trigger}`} className="px-3 pb-2">
      {trigger.findings.map((finding) => (
        <li key={`${finding.surface ?? ""} ${finding.observed} ${finding.record?.byteOffset ?? ""}`}>
          <p className="font-medium">
            {finding.surface === null ? "Release" : surfaceLabels[finding.surface]}
          </p>
          <Reasons expected={finding.expected} observed={finding.observed} remedy={finding.remedy} />
          <EvidenceRecord surface={finding.surface} record={finding.record} />
        </li>
      ))}
    </ul>
  );
}

/** One trigger: closed it says how it stands, open it says when it fires, what is done then, and what fired it. */
function TriggerRow(props: { readonly trigger: TriggerView; readonly shown: boolean }) {
  const { trigger } = props;
  const { Glyph, tone, word } = looks[trigger.state];
  const fired = trigger.state === "fired";
  const row = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (!props.shown || row.current === null) return;
    row.current.open = true;
    row.current.querySelector("summary")?.focus();
  }, [props.shown]);
  return (
    <details
      ref={row}
      open={fired && trigger.primary}
      className="border-b border-line last:border-b-0"
      data-trigger={trigger.trigger}
      data-trigger-state={trigger.state}
    >
      <summary
        className={classNames("flex h-6 items-center gap-2 px-3 hover:bg-hover", fired && "bg-failing-wash")}
      >
        <Glyph size={13} strokeWidth={2.25} className={classNames("shrink-0", tone)} aria-hidden />
        <span className="figure shrink-0 text-small font-semibold">{trigger.trigger}</span>
        <span className="min-w-0 flex-1 truncate">{trigger.title}</span>
        <span className={classNames("shrink-0 text-small", tone)}>
          {word}
          {fired && (
            <>
              {" "}
              <Age unixMs={trigger.firedUnixMs} />
            </>
          )}
        </span>
      </summary>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 px-3 py-1 text-small">
        <dt className="text-muted">Fires</dt>
        <dd>
          <Prose text={trigger.threshold} />
        </dd>
        <dt className="text-muted">Then</dt>
        <dd>
          <Prose text={trigger.action} />
        </dd>
        {fired && (
          <>
            <dt className="text-muted">Check</dt>
            <dd>
              <span className="figure">{trigger.check}</span>
              {trigger.primary && ", names the rollback"}
            </dd>
          </>
        )}
      </dl>
      <Findings trigger={trigger} />
    </details>
  );
}

/** The five rollback triggers, what each would do, and what fired. */
export function TriggersSection(props: { readonly view: RolloutView; readonly trigger: TriggerId | null }) {
  const fired = props.view.triggers.filter(({ state }) => state === "fired");
  // "not evaluated" needs the room that "clear" leaves.
  const allJudged = props.view.triggers.every(({ state }) => state === "clear");
  return (
    <Section
      title="Rollback triggers"
      className={classNames("shrink-0", fired.length > 0 ? "w-100" : allJudged ? "w-72" : "w-84")}
      bodyClassName="scroll-region"
      aside={
        <span
          className={classNames("text-small", fired.length > 0 ? "font-medium text-failing" : "text-faint")}
        >
          {fired.length === 0 ? "none fired" : `${fired.length} fired`}
        </span>
      }
    >
      {props.view.triggers.map((trigger) => (
        <TriggerRow key={trigger.trigger} trigger={trigger} shown={trigger.trigger === props.trigger} />
      ))}
    </Section>
  );
}

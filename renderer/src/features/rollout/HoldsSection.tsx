import { CircleCheck } from "lucide-react";
import { surfaceLabels, type SurfaceId } from "#contract/identity";
import type { Finding } from "#contract/rollout/verdict";
import type { RolloutView } from "#contract/rollout/view";
import { ruleIds, type RuleId } from "#contract/rollout/vocabulary";
import { formatCount, formatCounted } from "../../format/number";
import { useSurface } from "../../state/console-store";
import { classNames } from "../../ui/class-names";
import { fileName } from "../../ui/Provenance";
import { RecordLink } from "../../ui/RecordLink";
import { Section } from "../../ui/Section";
import { cellLooks } from "./matrix/cell-status";

function isRule(rule: Finding["rule"]): rule is RuleId {
  return ruleIds.some((known) => known === rule);
}

function Place(props: { readonly finding: Finding }) {
  const { record, surface } = props.finding;
  const view = useSurface(surface ?? "voice");
  if (record === null) return <span className="text-small text-faint">no record</span>;
  if (surface !== null && view !== undefined) return <RecordLink view={view} record={record} />;
  return (
    <span className="figure truncate text-small text-muted" title={record.path}>
      {fileName(record.path)}
      {record.line === null ? "" : `:${formatCount(record.line)}`}
    </span>
  );
}

/** Opens the evidence of a rule for a surface. */
type Open = (place: { readonly rule: RuleId; readonly surface: SurfaceId | null }) => void;

function HoldRow(props: { readonly finding: Finding; readonly onOpen: Open }) {
  const { finding } = props;
  const { rule, surface } = finding;
  const { Glyph, text, word } = cellLooks[finding.status];
  const place = finding.surface === null ? "Release" : surfaceLabels[finding.surface];
  return (
    <li className="border-b border-line px-3 py-1 last:border-b-0">
      <p className="flex items-baseline gap-2">
        <Glyph
          size={14}
          strokeWidth={2.25}
          role="img"
          aria-label={word}
          className={classNames("shrink-0 translate-y-0.5", text)}
        />
        {isRule(rule) ? (
          <button
            type="button"
            className="figure shrink-0 text-small font-semibold text-accent hover:underline"
            onClick={() => props.onOpen({ rule, surface })}
            aria-label={`Evidence of ${rule}, ${place}`}
          >
            {rule}
          </button>
        ) : (
          <span className="figure shrink-0 text-small font-semibold">{rule}</span>
        )}
        <span className="shrink-0 font-medium">{place}</span>
        <span className="min-w-0 flex-1 break-words">{finding.observed}</span>
      </p>
      <p className="pl-5.5 text-small text-muted">
        expected {finding.expected}. {finding.remedy}{" "}
        <span className="inline-flex max-w-full align-bottom">
          <Place finding={finding} />
        </span>
      </p>
    </li>
  );
}

/** Everything that holds now, gravest first, each with what would have to change and its record. */
export function HoldsSection(props: {
  readonly view: RolloutView;
  readonly onOpen: Open;
  readonly className?: string;
}) {
  const { findings, ended, lastCheck } = props.view;
  return (
    <Section
      title="What holds"
      className={classNames("min-h-32 flex-1", props.className)}
      bodyClassName="scroll-region"
      aside={
        <span className="text-small text-faint">
          {findings.length > 0
            ? formatCounted(findings.length, "finding")
            : ended || lastCheck?.ofPhase === true
              ? "nothing"
              : "not known"}
        </span>
      }
    >
      {findings.length === 0 ? (
        <p className="flex items-center gap-1.5 px-3 py-2 text-muted">
          {ended ? (
            "The rollout has ended: nothing is promoted from here."
          ) : lastCheck?.ofPhase !== true ? (
            "Not known before the first check of this phase."
          ) : (
            <>
              <CircleCheck size={14} strokeWidth={2.25} className="text-healthy" aria-hidden />
              No gate and no standing rule holds.
            </>
          )}
        </p>
      ) : (
        <ul aria-label="What holds, gravest first">
          {findings.map((finding) => (
            <HoldRow
              key={`${finding.rule} ${finding.surface ?? ""} ${finding.observed} ${finding.record?.byteOffset ?? ""} ${finding.record?.path ?? ""}`}
              finding={finding}
              onOpen={props.onOpen}
            />
          ))}
        </ul>
      )}
    </Section>
  );
}

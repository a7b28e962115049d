import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import { surfaceLabels, type SurfaceId } from "#contract/identity";
import type { CellExplanation } from "#contract/rollout/verdict";
import type { RolloutView } from "#contract/rollout/view";
import type { RuleId } from "#contract/rollout/vocabulary";
import { useRequest } from "../../../state/use-request";
import { Button } from "../../../ui/Button";
import { classNames } from "../../../ui/class-names";
import { ErrorNotice } from "../../../ui/Notice";
import { Section } from "../../../ui/Section";
import { SkeletonLines } from "../../../ui/Skeleton";
import { Reasons } from "../../holds/Reasons";
import { cellLooks } from "../matrix/cell-status";
import { EvidenceRecord } from "./EvidenceRecord";

/** What was expected and seen on the left, the record on the right: both in sight without scrolling, where there is room. */
const sideBySide = "grid grid-cols-[minmax(0,1fr)] gap-x-4 pb-1 @min-[600px]:grid-cols-2";

function Verdict(props: { readonly explanation: CellExplanation }) {
  const { Glyph, text, word } = cellLooks[props.explanation.status];
  return (
    <span className={classNames("inline-flex items-baseline gap-1 font-medium", text)}>
      <Glyph size={13} strokeWidth={2.25} aria-hidden className="self-center" />
      {word}
    </span>
  );
}

function Explanation(props: { readonly explanation: CellExplanation }) {
  const { explanation } = props;
  return (
    <div className="@container px-3 py-2">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span className="font-semibold">{explanation.title}</span>
        <Verdict explanation={explanation} />
        <span className="text-small text-faint">
          in check <span className="figure">{explanation.check}</span> · {explanation.source}
        </span>
      </p>
      {explanation.findings.length === 0 ? (
        <div className={sideBySide}>
          <Reasons expected={explanation.expected} observed={explanation.observed} />
          <EvidenceRecord surface={explanation.surface} record={explanation.record} />
        </div>
      ) : (
        <ul aria-label="What decided it">
          {explanation.findings.map((finding) => (
            <li
              key={`${finding.observed} ${finding.record?.line ?? ""} ${finding.record?.byteOffset ?? ""}`}
              className={classNames(sideBySide, "border-t border-line first:border-t-0")}
            >
              <Reasons expected={finding.expected} observed={finding.observed} remedy={finding.remedy} />
              <EvidenceRecord surface={finding.surface} record={finding.record} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/**
 * Why one cell says what it says: rule, expected, observed, what would have to change, and the record. Takes the focus
 * when it opens; Escape closes it.
 */
export function EvidencePanel(props: {
  readonly view: RolloutView;
  readonly rule: RuleId;
  readonly surface: SurfaceId | null;
  readonly onClose: () => void;
}) {
  const { rule, surface, view } = props;
  const panel = useRef<HTMLDivElement>(null);
  const { ask, error, value } = useRequest(
    "rollout.evidence",
    { rolloutId: view.rolloutId, rule, surface },
    view.lastCheck?.check ?? 0,
  );
  useEffect(() => panel.current?.focus(), [rule, surface]);
  return (
    // Escape closes what Enter opened, wherever the focus is inside.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={panel}
      tabIndex={-1}
      role="region"
      aria-label={`Evidence of ${rule}${surface === null ? "" : `, ${surfaceLabels[surface]}`}`}
      data-testid="evidence"
      className="flex min-h-0 min-w-0 flex-1 flex-col outline-none"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        props.onClose();
      }}
    >
      <Section
        title={`Evidence: ${rule}${surface === null ? "" : ` · ${surfaceLabels[surface]}`}`}
        className="flex-1"
        bodyClassName="scroll-region"
        aside={
          <Button look="quiet" size="small-icon" aria-label="Close the evidence" onClick={props.onClose}>
            <X size={14} aria-hidden />
          </Button>
        }
      >
        {value !== null ? (
          <Explanation explanation={value} />
        ) : error === null ? (
          <SkeletonLines lines={4} />
        ) : (
          <ErrorNotice error={error} className="m-2" onRetry={ask} />
        )}
      </Section>
    </div>
  );
}

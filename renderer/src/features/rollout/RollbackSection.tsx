import { Circle, CircleCheck, Copy } from "lucide-react";
import type { RolloutView } from "#contract/rollout/view";
import { Age } from "../../ui/Age";
import { Button } from "../../ui/Button";
import { classNames } from "../../ui/class-names";
import { announceDone, announceFailure } from "../../ui/notices";
import { Section } from "../../ui/Section";
import { splitInstruction } from "./split-instruction";

type RollbackView = NonNullable<RolloutView["rollback"]>;

async function copy(text: string, title: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    announceDone("Copied", title);
  } catch (error) {
    announceFailure("Not copied", error);
  }
}

function Step(props: { readonly step: RollbackView["steps"][number] }) {
  const { step } = props;
  const done = step.state === "done";
  const Glyph = done ? CircleCheck : Circle;
  const { action, note } = splitInstruction(step.instruction);
  return (
    <li
      className="grid grid-cols-[1.25rem_1fr_auto] gap-x-2 border-b border-line px-3 py-1.5 last:border-b-0"
      data-step={step.step}
      data-step-state={step.state}
    >
      <Glyph
        size={14}
        strokeWidth={2.25}
        aria-hidden
        className={classNames("mt-0.5", done ? "text-healthy" : "text-degraded")}
      />
      <div className="min-w-0">
        <p className="font-medium">
          <span className="figure">{step.step}</span>. {step.title}{" "}
          <span className={classNames("text-small", done ? "text-healthy" : "text-degraded")}>
            {done ? "done" : "open"}
          </span>
        </p>
        {done ? (
          <p className="text-small text-muted">{step.instruction}</p>
        ) : (
          <>
            <pre className="figure border border-line bg-raised px-2 py-1 text-small break-words whitespace-pre-wrap">
              {action}
            </pre>
            {note !== "" && <p className="text-small text-faint">{note}</p>}
          </>
        )}
      </div>
      {!done && (
        <Button
          size="small"
          onClick={() => void copy(action, step.title)}
          aria-label={`Copy step ${step.step}`}
        >
          <Copy size={12} aria-hidden />
          Copy
        </Button>
      )}
    </li>
  );
}

/** The rollback that is open: the runbook's six steps in order, the first done by opening it. */
export function RollbackSection(props: { readonly rollback: RollbackView }) {
  const { rollback } = props;
  return (
    <Section
      title="Rollback"
      className="flex-1"
      bodyClassName="scroll-region"
      aside={
        <span className="text-small text-failing">
          {rollback.trigger === null ? "opened by an operator" : `forced by ${rollback.trigger}`},{" "}
          <Age unixMs={rollback.openedUnixMs} />
        </span>
      }
    >
      <ol aria-label="Steps of the rollback">
        {rollback.steps.map((step) => (
          <Step key={step.step} step={step} />
        ))}
      </ol>
    </Section>
  );
}

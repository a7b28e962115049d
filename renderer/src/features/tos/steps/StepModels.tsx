import type { ReactNode } from "react";
import type { StepDetail } from "#contract/tos/view";
import { modelRoles, type ModelRole } from "#contract/tos/vocabulary";
import { EmptyState } from "../../../ui/Notice";
import { TextBlock } from "./TextBlock";
import { promptNote, rawNote } from "./truncation";

const titles: Readonly<Record<ModelRole, string>> = { draft: "Draft", review: "Review", final: "Final" };

function Part(props: { readonly title: string; readonly children: ReactNode }) {
  return (
    <details className="group" open>
      <summary className="py-0.5 text-small text-muted hover:text-ink">{props.title}</summary>
      {props.children}
    </details>
  );
}

function Role(props: { readonly detail: StepDetail; readonly role: ModelRole }) {
  const { detail, role } = props;
  const prompt = detail.prompts.find((known) => known.role === role);
  const reply = detail.replies.find((known) => known.role === role);
  if (prompt === undefined && reply === undefined) return null;
  const title = titles[role];
  return (
    <section aria-label={title} className="border-b border-line px-3 py-2 last:border-b-0">
      <h3 className="flex items-baseline gap-2 font-semibold">
        {title}
        {reply?.model != null && (
          <span className="figure text-small font-normal text-faint">{reply.model}</span>
        )}
      </h3>
      {prompt !== undefined && (
        <Part title={`Prompt, from ${prompt.template}`}>
          <TextBlock
            label={`Prompt of the ${role}`}
            text={prompt.text}
            note={promptNote(prompt.text, prompt.length)}
          />
          {prompt.extracted !== null && (
            <>
              <p className="pt-1 text-small text-failing">Taken from the reply, and no JSON:</p>
              <TextBlock label={`Text taken from the ${role}`} text={prompt.extracted} />
            </>
          )}
        </Part>
      )}
      {reply !== undefined && reply.value !== null && (
        <Part title="Reply">
          <TextBlock label={`Reply of the ${role}`} text={reply.value} />
        </Part>
      )}
      {reply !== undefined && reply.raw !== null && (
        <Part title="As it was sent">
          <TextBlock label={`The ${role} as it was sent`} text={reply.raw} note={rawNote(reply.raw)} />
        </Part>
      )}
      {(reply === undefined || (reply.value === null && reply.raw === null)) && (
        <p className="text-small text-muted">The log holds no reply of this model.</p>
      )}
    </section>
  );
}

/** What the three models were asked and what they answered, as far as the step's log holds it. */
export function StepModels(props: { readonly detail: StepDetail }) {
  const { detail } = props;
  if (detail.prompts.length === 0 && detail.replies.every(({ raw, value }) => raw === null && value === null))
    return (
      <EmptyState title="No model was asked">
        <p>
          The step ended before its draft: the goal was met, the steps were used up, or the loop was complete.
        </p>
      </EmptyState>
    );
  return (
    <div className="scroll-region min-h-0 flex-1" tabIndex={0} role="region" aria-label="Models">
      {modelRoles.map((role) => (
        <Role key={role} detail={detail} role={role} />
      ))}
    </div>
  );
}

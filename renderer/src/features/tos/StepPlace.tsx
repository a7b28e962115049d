import type { TosView } from "#contract/tos/view";

/**
 * Where the project is: the step of the run under way, else that of `phase_state.json`. After an executed or denied step
 * the file names the step that comes next, and that may be beyond the last (spec/tos/orchestrator.md §11).
 */
export function StepPlace(props: { readonly view: Pick<TosView, "run" | "phase" | "config"> }) {
  const { config, phase, run } = props.view;
  const step = run?.step ?? phase?.currentStep ?? null;
  const maximum = run?.maximumSteps ?? config.maxSteps;
  if (step === null) return null;
  if (run?.step == null && maximum !== null && step > maximum)
    return (
      <span className="shrink-0 whitespace-nowrap text-muted">
        all <span className="figure">{maximum}</span> steps used
      </span>
    );
  const isNext = run?.step == null && (phase?.currentPhase === "execute" || phase?.currentPhase === "deny");
  return (
    <span
      className="shrink-0 whitespace-nowrap text-muted"
      title="The step by phase_state.json or the run under way, the most by max_steps of config_v0_3.json"
    >
      {isNext ? "next step" : "step"} <span className="figure text-ink">{step}</span>
      {maximum !== null && (
        <>
          {" "}
          of <span className="figure">{maximum}</span>
        </>
      )}
    </span>
  );
}

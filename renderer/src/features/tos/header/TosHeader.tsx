import type { TosView } from "#contract/tos/view";
import { useConsole } from "../../../state/console-store";
import { phaseStanding, projectStanding, tosStandingWords } from "../../../state/tos-standing";
import { Age } from "../../../ui/Age";
import { Hint } from "../../../ui/Hint";
import { FileAge } from "../FileAge";
import { StepPlace } from "../StepPlace";
import { TosWord } from "../TosMark";

const keySources = {
  environment: "from the environment",
  keyring: "from the keyring",
  missing: "missing",
  "not-needed": "not needed",
} as const;

function Keys(props: { readonly view: TosView }) {
  const { keys, provider } = props.view;
  const missing = keys.filter(({ source }) => source === "missing");
  return (
    <Hint
      content={
        <dl className="grid grid-cols-[auto_1fr] gap-x-3">
          {keys.map(({ name, source }) => (
            <div key={name} className="contents">
              <dt className="figure text-muted">{name}</dt>
              <dd>{keySources[source]}</dd>
            </div>
          ))}
        </dl>
      }
    >
      <span tabIndex={0} className="shrink-0 whitespace-nowrap" data-testid="provider">
        models <span className="text-muted">{provider === "api" ? "OpenAI and Anthropic" : "scripted"}</span>
        {missing.length > 0 && (
          <span className="font-medium text-failing">
            , {missing.map(({ name }) => name).join(" and ")} missing
          </span>
        )}
      </span>
    </Hint>
  );
}

function Place(props: { readonly view: TosView }) {
  const { jobLoop, phase, run } = props.view;
  if (phase === null && run?.step == null)
    return <span className="shrink-0 text-muted">no phase_state.json</span>;
  return (
    <>
      <StepPlace view={props.view} />
      {phase?.jobIndex != null && (
        <span className="shrink-0 whitespace-nowrap text-muted">
          job <span className="figure text-ink">{phase.jobIndex}</span> of{" "}
          <span className="figure">{jobLoop.maxJobs}</span>
        </span>
      )}
    </>
  );
}

/** Which project this is, how its last phase stands and how old that is, and what its runs run on. */
export function TosHeader(props: { readonly view: TosView }) {
  const { view } = props;
  const connected = useConsole((state) => state.connection === "connected");
  const standing = projectStanding(view);
  const phase = phaseStanding(view.phase);
  return (
    <header className="min-w-0 px-3 pt-1.5 pb-1">
      <div className="flex items-baseline gap-3 whitespace-nowrap">
        <h1 className="text-title font-semibold">TOS</h1>
        <TosWord standing={standing} held={!connected} className="shrink-0" />
        <Place view={view} />
        {phase !== standing && view.phase !== null && (
          <span className="shrink-0 text-small text-muted">
            phase <span className="text-ink">{tosStandingWords[phase].toLowerCase()}</span>
          </span>
        )}
        {view.phase !== null && <FileAge path={view.phase.path} modifiedUnixMs={view.phase.modifiedUnixMs} />}
        {view.phase?.lastDoneReason != null && (
          <span className="min-w-0 flex-1 truncate text-small text-muted" title={view.phase.lastDoneReason}>
            {view.phase.lastDoneReason}
          </span>
        )}
      </div>
      <p className="flex gap-3 text-small text-faint">
        <span className="figure min-w-0 truncate" title={view.root} data-testid="tos-root">
          {view.root}
        </span>
        <Keys view={view} />
        {view.config.experimental && (
          <span className="shrink-0" title="s5_settings.enabled of config_v0_3.json">
            experimental flag set
          </span>
        )}
        <span className="ml-auto shrink-0 whitespace-nowrap">
          files read <Age unixMs={view.readUnixMs} />
        </span>
      </p>
    </header>
  );
}

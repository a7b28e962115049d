import { BridgeError } from "#contract/envelope";
import type { SurfaceId } from "#contract/identity";
import type { RequestName } from "#contract/names";
import type { ParsedInput, RequestOutput } from "#contract/requests";
import type { SurfaceSettings } from "#contract/settings";
import type { ConsoleSnapshot } from "#contract/view";
import type { LiveSurface } from "./live-surface";
import type { RolloutDesk, TosDesk, Workspace } from "./ports";

/** One handler per request of the contract. Input is already parsed; a failure is a thrown `BridgeError`. */
export type RequestHandlers = {
  readonly [Name in RequestName]: (
    input: ParsedInput<Name>,
  ) => RequestOutput<Name> | Promise<RequestOutput<Name>>;
};

/** What the handlers work on. */
export interface HandlerContext {
  readonly workspace: Workspace;
  readonly surfaces: ReadonlyMap<SurfaceId, LiveSurface>;
  readonly rollouts: RolloutDesk;
  readonly tos: TosDesk;
  readonly snapshot: () => ConsoleSnapshot;
}

/** Settings of an embedded driver with the given changes made; what is not given stays. */
function configureEmbedded(
  settings: SurfaceSettings,
  change: ParsedInput<"driver.configure">,
): SurfaceSettings {
  if (settings.driver !== "embedded")
    throw new BridgeError(
      "unsupported",
      `The driver of ${change.surface} is "${settings.driver}"; only an embedded driver's settings can be changed here.`,
    );
  const [first, ...others] = change.fixtures ?? [];
  return {
    ...settings,
    ...(first !== undefined && { fixture: others.length === 0 ? first : [first, ...others] }),
    ...(change.intervalMs !== undefined && { intervalMs: change.intervalMs }),
    ...(change.limits !== undefined && { limits: change.limits }),
  };
}

/** Binds every request of the contract to what answers it. */
export function createRequestHandlers({
  workspace,
  surfaces,
  rollouts,
  tos,
  snapshot,
}: HandlerContext): RequestHandlers {
  const of = (input: { surface: SurfaceId }): LiveSurface => {
    const surface = surfaces.get(input.surface);
    if (!surface)
      throw new BridgeError(
        "unavailable",
        `The surface ${input.surface} could not be opened in this workspace.`,
      );
    return surface;
  };
  return {
    "console.snapshot": () => snapshot(),
    "surface.history": (input) => of(input).watcher.history(input.maximumPoints),
    "surface.events": (input) => of(input).watcher.events(input),
    "surface.event": (input) => of(input).watcher.event(input),
    "surface.state": (input) => of(input).watcher.stateFile(),
    "surface.mark": (input) => of(input).watcher.setMark(),
    "surface.clearMark": (input) => of(input).watcher.clearMark(),
    "channels.list": (input) => of(input).watcher.listChannels(),
    "channels.read": (input) => of(input).watcher.readChannelFile(input),
    "driver.fixtures": async (input) => ({ choices: [...(await of(input).driver.fixtures())] }),
    "driver.run": (input) => of(input).driver.run(input.fixture, "operator"),
    "driver.cancel": (input) => of(input).driver.cancel(input.reason),
    "driver.start": (input) => of(input).driver.start(),
    "driver.stop": (input) => of(input).driver.stop(input.reason),
    "driver.configure": async (input) => {
      const surface = of(input);
      await workspace.updateSurface(input.surface, (settings) => configureEmbedded(settings, input));
      return surface.driver.view();
    },
    "driver.output": (input) => ({
      runId: input.runId,
      lines: [...of(input).driver.output(input.runId, input.afterNumber)],
    }),
    "rollout.profiles": () => rollouts.profiles(),
    "rollout.start": (input) => rollouts.start(input),
    "rollout.command": (input) => rollouts.command(input),
    "rollout.view": (input) => rollouts.view(input),
    "rollout.list": (input) => rollouts.list(input),
    "rollout.timeline": (input) => rollouts.timeline(input),
    "rollout.evidence": (input) => rollouts.evidence(input),
    "rollout.trends": (input) => rollouts.trends(input),
    "tos.launch": (input) => tos.launch(input),
    "tos.cancel": (input) => tos.cancel(input),
    "tos.progress": (input) => tos.progress(input),
    "tos.step": (input) => tos.step(input),
    "tos.preview": (input) => tos.preview(input),
    "tos.diff": (input) => tos.diff(input),
    "tos.config": () => tos.config(),
    "tos.checkConfig": (input) => tos.checkConfig(input),
    "tos.saveConfig": (input) => tos.saveConfig(input),
    "tos.acknowledgeRunbook": () => tos.acknowledgeRunbook(),
    "tos.failureReport": () => tos.failureReport(),
  };
}

import { join, resolve } from "node:path";
import { BridgeError } from "#contract/envelope";
import type { TosDesk, Workspace } from "../../host/ports";

export interface TosDeskOptions {
  readonly workspace: Pick<Workspace, "path" | "settings">;
}

/** Opens the TOS project of a workspace (`tosRoot` of its settings). */
export async function openTosDesk({ workspace }: TosDeskOptions): Promise<TosDesk> {
  const absence = (): string =>
    `no TOS project: no config_v0_3.json in ${join(resolve(workspace.path, workspace.settings().tosRoot))}`;
  const absent = (): never => {
    throw new BridgeError("unavailable", absence());
  };
  const refuse = async (): Promise<never> => absent();
  return {
    state: () => ({ view: null, problem: absence() }),
    onChange: () => () => undefined,
    onProgress: () => () => undefined,
    launch: refuse,
    cancel: refuse,
    progress: refuse,
    step: refuse,
    preview: refuse,
    diff: refuse,
    config: refuse,
    checkConfig: absent,
    saveConfig: refuse,
    acknowledgeRunbook: refuse,
    failureReport: refuse,
    close: async () => undefined,
  };
}

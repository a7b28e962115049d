import { withContext } from "#domain/contract-error";
import { voiceDefinition } from "#domain/surfaces/voice/definition";
import { parseVoiceLiveInput } from "#domain/voice-live/input";
import { playVoiceSession, type VoiceLiveSettings } from "#domain/voice-live/play-session";
import type { CycleOutcome } from "./run-cycle";
import { decodeText } from "../strict-text";
import { type StateDirectoryPorts, withStateDirectory } from "./state-directory";
import { readFileSync } from "node:fs";

/**
 * Runs one live voice session of recorded frames (spec/tau/surfaces.md §7.1) on the voice surface's state directory,
 * in one durable step. Rejects with a `ContractError`; nothing has been written then.
 */
export function runVoiceLive(
  options: { readonly inputPath: string; readonly stateDir: string; readonly settings: VoiceLiveSettings },
  ports: StateDirectoryPorts,
): Promise<CycleOutcome> {
  const text = withContext(`failed to read voice live input ${options.inputPath}`, () =>
    decodeText(readFileSync(options.inputPath)),
  );
  const input = withContext(`invalid voice live input ${options.inputPath}`, () => parseVoiceLiveInput(text));
  return withStateDirectory(options.stateDir, "voice live", ports, (opened) => {
    const plan = playVoiceSession(input, opened.read(voiceDefinition), options.settings, ports.clock);
    opened.commit(plan);
    return { stdoutLines: plan.stdoutLines };
  });
}

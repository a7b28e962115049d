import { runVoiceLive } from "../../runner/voice-live";
import { systemClock } from "../../system/clock";
import { exitCodes } from "../exit-codes";
import type { ReferenceCommand } from "./command";
import { fixturePath } from "./default-fixture";

/** `--voice-live-runner` (spec/tau/surfaces.md §7.1). */
export const runVoiceSession: ReferenceCommand = async (flags, { terminal }) => {
  const { stdoutLines } = await runVoiceLive(
    {
      inputPath: fixturePath("voice-live-input", flags, terminal),
      stateDir: flags.text("voice-state-dir"),
      settings: {
        wakeWord: flags.text("voice-live-wake-word"),
        maxTurns: flags.number("voice-live-max-turns"),
        speaks: flags.boolean("voice-live-tts-output"),
      },
    },
    { clock: systemClock, warn: terminal.error },
  );
  for (const line of stdoutLines) terminal.out(line);
  return exitCodes.success;
};

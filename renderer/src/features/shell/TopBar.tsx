import { CircleHelp, LoaderCircle, Monitor, Moon, Plug, Search, Sun, Unplug } from "lucide-react";
import { formatTimeOfDay } from "../../format/time";
import { useHostNow } from "../../state/clock";
import { useConsole } from "../../state/console-store";
import { chooseTheme, nextTheme, useTheme, type ThemeChoice } from "../../state/theme";
import { useLatestRollout } from "../../state/use-latest-rollout";
import { Elapsed } from "../../ui/Age";
import { Button } from "../../ui/Button";
import { classNames } from "../../ui/class-names";
import { Hint } from "../../ui/Hint";
import { KeyCap } from "../../ui/KeyCap";
import { RolloutLine } from "../rollouts/RolloutLine";
import { NoticesButton } from "./NoticesButton";
import { useOverlay } from "./overlay";

const themes = {
  system: { Glyph: Monitor, word: "System theme" },
  light: { Glyph: Sun, word: "Light theme" },
  dark: { Glyph: Moon, word: "Dark theme" },
} as const satisfies Record<ThemeChoice, unknown>;

function ConnectionState() {
  const connection = useConsole((state) => state.connection);
  const since = useConsole((state) => state.disconnectedSinceMs);
  const offset = useConsole((state) => state.clockOffsetMs);
  return (
    <span
      className="inline-flex min-w-24 shrink-0 items-center justify-end gap-1.5 whitespace-nowrap"
      data-testid="connection"
    >
      {connection === "connected" && (
        <>
          <Plug size={14} className="text-healthy" aria-hidden />
          <span className="text-muted">Connected</span>
        </>
      )}
      {connection === "connecting" && (
        <>
          <LoaderCircle size={14} className="turning text-muted" aria-hidden />
          <span className="text-muted">Connecting</span>
        </>
      )}
      {connection === "disconnected" && (
        <>
          <Unplug size={14} className="text-failing" aria-hidden />
          <span className="font-medium text-failing">
            Disconnected {since !== null && <Elapsed sinceUnixMs={since + offset} />}
          </span>
        </>
      )}
    </span>
  );
}

function HostClock() {
  const now = useHostNow();
  return (
    <span className="figure whitespace-nowrap text-muted" title="The host's clock">
      {formatTimeOfDay(now)} UTC
    </span>
  );
}

function ThemeButton() {
  const choice = useTheme((state) => state.choice);
  const { Glyph, word } = themes[choice];
  return (
    <Hint content={`${word}. Change to ${themes[nextTheme(choice)].word.toLowerCase()}`}>
      <Button
        look="quiet"
        size="icon"
        aria-label={`${word}, change`}
        onClick={() => chooseTheme(nextTheme(choice))}
      >
        <Glyph size={15} aria-hidden />
      </Button>
    </Hint>
  );
}

/** The rollout in a line, workspace, connection, the host's clock, and what can be opened from anywhere. */
export function TopBar() {
  const workspace = useConsole((state) => state.workspace);
  const rollout = useLatestRollout();
  return (
    <header className="flex h-10 shrink-0 items-center gap-4 border-b border-line bg-panel pr-2 pl-4">
      {rollout !== null && <RolloutLine view={rollout} className="flex-1" />}
      <span
        className={classNames(
          "figure min-w-0 truncate text-small text-faint",
          rollout === null ? "flex-1" : "hidden max-w-80 min-[1600px]:block",
        )}
        title={workspace?.path}
      >
        {workspace?.path}
        {workspace?.demo === true && " (demo workspace)"}
      </span>
      <ConnectionState />
      <HostClock />
      <span className="flex shrink-0 items-center gap-1">
        <NoticesButton />
        <Button
          look="quiet"
          onClick={() => useOverlay.setState({ shown: "palette" })}
          aria-label="Open command palette"
        >
          <Search size={14} aria-hidden />
          Commands
          <KeyCap>Ctrl K</KeyCap>
        </Button>
        <Hint content="Keyboard help">
          <Button
            look="quiet"
            size="icon"
            aria-label="Keyboard help"
            onClick={() => useOverlay.setState({ shown: "help" })}
          >
            <CircleHelp size={15} aria-hidden />
          </Button>
        </Hint>
        <ThemeButton />
      </span>
    </header>
  );
}

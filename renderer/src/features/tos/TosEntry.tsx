import { ListTodo } from "lucide-react";
import { useConsole } from "../../state/console-store";
import {
  projectStanding,
  projectStandingSince,
  tosShortWords,
  tosStandingWords,
  tosTone,
} from "../../state/tos-standing";
import { Age, Elapsed } from "../../ui/Age";
import { classNames } from "../../ui/class-names";
import { KeyCap } from "../../ui/KeyCap";
import { TosGlyph, tosToneText } from "./TosMark";

function Keys() {
  return (
    <span className="flex gap-1">
      <KeyCap>g</KeyCap>
      <KeyCap>t</KeyCap>
    </span>
  );
}

/** The rail's words about the task orchestrator: how it stands and since when. */
export function TosEntry() {
  const { view } = useConsole((state) => state.tos);
  const connected = useConsole((state) => state.connection === "connected");
  if (view === null)
    return (
      <>
        <ListTodo size={15} className="text-muted" aria-hidden />
        <span className="min-w-0 flex-1">
          <span className="block font-medium">TOS</span>
          <span className="block text-small text-muted">no project</span>
        </span>
        <Keys />
      </>
    );
  const standing = projectStanding(view);
  return (
    <>
      <TosGlyph standing={standing} size={16} held={!connected} />
      <span className="min-w-0 flex-1">
        <span className="block truncate">
          <span className="font-medium">TOS</span>
          {standing !== "never-run" && (
            <span className="pl-2 text-small text-muted">
              {view.run === null ? (
                <Age unixMs={projectStandingSince(view)} bare />
              ) : (
                <Elapsed sinceUnixMs={view.run.startedUnixMs} />
              )}
            </span>
          )}
        </span>
        <span
          className={classNames(
            "block truncate text-small font-semibold",
            tosToneText[connected ? tosTone(standing) : "stale"],
          )}
          title={tosStandingWords[standing]}
        >
          {tosShortWords[standing] ?? tosStandingWords[standing]}
        </span>
      </span>
      <Keys />
    </>
  );
}

import { Play } from "lucide-react";
import { useState } from "react";
import type { FixtureChoice } from "#contract/driver";
import type { SurfaceView } from "#contract/view";
import { formatCounted } from "../../format/number";
import { useRequest } from "../../state/use-request";
import { Button } from "../../ui/Button";
import { classNames } from "../../ui/class-names";
import { EmptyState, ErrorNotice } from "../../ui/Notice";
import { announceFailure } from "../../ui/notices";
import { SkeletonLines } from "../../ui/Skeleton";
import { StatusGlyph } from "../../ui/StatusGlyph";
import { configureDriver, runCycle } from "./driver-actions";

function Choice(props: {
  readonly choice: FixtureChoice;
  readonly group: string;
  readonly picked: boolean;
  readonly scheduled: boolean;
  readonly onPick: () => void;
}) {
  const { choice, picked } = props;
  const usable = choice.error === null;
  return (
    <label
      className={classNames(
        "grid grid-cols-[16px_1fr_auto] items-start gap-x-2 border-b border-line px-3 py-1 last:border-b-0",
        picked ? "bg-accent-wash" : usable && "hover:bg-hover",
      )}
    >
      <input
        type="radio"
        name={props.group}
        className="mt-1"
        checked={picked}
        disabled={!usable}
        onChange={props.onPick}
      />
      <span className="min-w-0">
        <span className="block truncate font-medium" title={choice.path}>
          {choice.name}
        </span>
        {choice.description !== "" && (
          <span className="block text-small text-muted">{choice.description}</span>
        )}
        {choice.error !== null && (
          <span className="flex items-start gap-1.5 text-small text-failing">
            <StatusGlyph status="unreadable" size={12} className="mt-0.5" />
            <span className="min-w-0 break-words">{choice.error}</span>
          </span>
        )}
      </span>
      <span className="text-right text-small whitespace-nowrap text-faint">
        {usable && formatCounted(choice.cases, "case")}
        {props.scheduled && <span className="block text-muted">scheduled</span>}
      </span>
    </label>
  );
}

/** The fixtures that can be run; one that cannot says why. One may be run now, or made the scheduled one. */
export function FixtureList(props: { readonly view: SurfaceView }) {
  const { driver, reading } = props.view;
  const { surface } = reading;
  const { error, value } = useRequest("driver.fixtures", { surface }, driver.fixtures.join("\n"));
  const [picked, setPicked] = useState<string | null>(null);
  if (error !== null) return <ErrorNotice error={error} className="m-2" />;
  if (value === null) return <SkeletonLines lines={3} />;
  if (value.choices.length === 0)
    return (
      <EmptyState title="No fixtures found">
        <p>Name a fixture in the workspace&apos;s settings file.</p>
      </EmptyState>
    );
  const schedule = (): void => {
    if (picked === null) return;
    configureDriver({ surface, fixtures: [picked] }).catch((failure: unknown) =>
      announceFailure("The schedule keeps its fixtures", failure),
    );
  };
  return (
    <>
      <div role="radiogroup" aria-label="Fixtures" className="scroll-region max-h-72" tabIndex={-1}>
        {value.choices.map((choice) => (
          <Choice
            key={choice.path}
            choice={choice}
            group={`fixtures of ${surface}`}
            picked={picked === choice.path}
            scheduled={driver.fixtures.includes(choice.path)}
            onPick={() => setPicked(choice.path)}
          />
        ))}
      </div>
      <div className="flex h-10 items-center justify-end gap-2 border-t border-line px-3">
        <Button look="quiet" disabled={picked === null} onClick={schedule}>
          Schedule only this one
        </Button>
        <Button
          disabled={picked === null || driver.current !== null}
          title={driver.current === null ? undefined : "A run is under way"}
          onClick={() => picked !== null && void runCycle(surface, picked)}
        >
          <Play size={13} aria-hidden />
          Run this one now
        </Button>
      </div>
    </>
  );
}

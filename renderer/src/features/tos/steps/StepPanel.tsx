import { Tabs } from "@base-ui/react/tabs";
import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useEffect, useState } from "react";
import type { StepDetail, StepRow } from "#contract/tos/view";
import { stepGuidance, stepStanding, tosGuidance } from "../../../state/tos-standing";
import { useRequest } from "../../../state/use-request";
import { Button } from "../../../ui/Button";
import { CodeView } from "../../../ui/CodeView";
import { ErrorNotice, Notice } from "../../../ui/Notice";
import { SkeletonLines } from "../../../ui/Skeleton";
import { TabStrip } from "../../../ui/TabStrip";
import { FileAge } from "../FileAge";
import { TosWord } from "../TosMark";
import { StepCommands } from "./StepCommands";
import { StepModels } from "./StepModels";

const parts = ["commands", "models", "file"] as const;
type Part = (typeof parts)[number];
const partLabels: Readonly<Record<Part, string>> = { commands: "Commands", models: "Models", file: "File" };

function Head(props: { readonly row: StepRow; readonly path: string }) {
  const { path, row } = props;
  const standing = stepStanding(row);
  return (
    <div className="flex shrink-0 flex-col gap-0.5 border-b border-line px-3 py-1.5">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <TosWord standing={standing} />
        {row.stopped && <TosWord standing="stopped" />}
        {row.done && <span className="text-muted">done</span>}
        <span className="figure text-small text-faint">{row.timestamp}</span>
        <FileAge path={path} modifiedUnixMs={row.modifiedUnixMs} />
      </p>
      {row.reason !== "" && (
        <p className="scroll-region max-h-15 break-words" tabIndex={0}>
          {row.reason}
        </p>
      )}
      <p className="text-small text-muted">
        {stepGuidance[standing] ?? tosGuidance[standing]}
        {row.stopped && ` ${tosGuidance.stopped}`}
      </p>
    </div>
  );
}

function Parts(props: { readonly detail: StepDetail }) {
  const { detail } = props;
  const [part, setPart] = useState<Part>(detail.commands.length > 0 ? "commands" : "models");
  return (
    <Tabs.Root
      value={part}
      onValueChange={(value: Part) => setPart(value)}
      className="flex min-h-0 flex-1 flex-col"
    >
      <div className="shrink-0 border-b border-line px-1">
        <TabStrip label="Parts of the step" tabs={parts} words={partLabels} />
      </div>
      <Tabs.Panel value={part} className="flex min-h-0 flex-1 flex-col" tabIndex={-1}>
        {part === "commands" && <StepCommands detail={detail} />}
        {part === "models" && <StepModels detail={detail} />}
        {part === "file" && (
          <>
            <p className="figure shrink-0 border-b border-line px-3 py-0.5 text-small break-all text-faint">
              {detail.path}
            </p>
            <CodeView label={`File ${detail.row.file}`} text={detail.text} />
          </>
        )}
      </Tabs.Panel>
    </Tabs.Root>
  );
}

/** One step beside the list: how it stands, its commands, what the models were asked and said, and its file. */
export function StepPanel(props: {
  readonly row: StepRow;
  readonly onStep: (by: 1 | -1) => void;
  readonly hasBefore: boolean;
  readonly hasAfter: boolean;
  readonly onClose: () => void;
}) {
  const { onClose, row } = props;
  const { ask, error, value } = useRequest("tos.step", { file: row.file }, row.modifiedUnixMs);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      // Escape closes the topmost thing first; a menu or dialog has taken it already.
      if (event.key === "Escape" && !event.defaultPrevented) onClose();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [onClose]);
  return (
    <aside
      aria-label={`Step log ${row.file}`}
      className="flex w-[60%] min-w-100 flex-col border-l border-line-strong bg-panel"
    >
      <header className="flex h-7 shrink-0 items-center justify-between border-b border-line pl-3">
        <h2 className="figure truncate text-small">{row.file}</h2>
        <span className="flex">
          <Button
            look="quiet"
            size="small-icon"
            aria-label="Step before"
            disabled={!props.hasBefore}
            onClick={() => props.onStep(-1)}
          >
            <ChevronUp size={14} aria-hidden />
          </Button>
          <Button
            look="quiet"
            size="small-icon"
            aria-label="Step after"
            disabled={!props.hasAfter}
            onClick={() => props.onStep(1)}
          >
            <ChevronDown size={14} aria-hidden />
          </Button>
          <Button look="quiet" size="small-icon" aria-label="Close the step" onClick={onClose}>
            <X size={14} aria-hidden />
          </Button>
        </span>
      </header>
      <Head row={row} path={value?.path ?? row.file} />
      {row.problem !== "" && <Notice tone="failing" className="m-2" title={row.problem} />}
      {error !== null && <ErrorNotice error={error} className="m-2" onRetry={ask} />}
      {value === null && error === null && <SkeletonLines lines={6} />}
      {value !== null && <Parts key={row.file} detail={value} />}
    </aside>
  );
}

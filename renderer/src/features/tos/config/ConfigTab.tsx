import { useMemo, useRef, useState } from "react";
import type { RequestOutput } from "#contract/requests";
import type { TosView } from "#contract/tos/view";
import { useConsole } from "../../../state/console-store";
import { useRequest } from "../../../state/use-request";
import { Button } from "../../../ui/Button";
import { classNames } from "../../../ui/class-names";
import { ErrorNotice, Notice } from "../../../ui/Notice";
import { Prose } from "../../../ui/Prose";
import { Section } from "../../../ui/Section";
import { SkeletonLines } from "../../../ui/Skeleton";
import { FileAge } from "../FileAge";
import { CodeEditor, showPlace } from "./CodeEditor";
import { ConfigChange } from "./ConfigChange";
import {
  broughtBack,
  draftStanding,
  keepDraft,
  putBack,
  useConfigDrafts,
  withFile,
  withLineEnds,
  type ConfigDraft,
} from "./config-draft";
import { ConfigProblems } from "./ConfigProblems";
import { ConflictNotice } from "./ConflictNotice";
import { placeOfProblem } from "./problem-place";
import { SaveConfig } from "./SaveConfig";
import { useConfigCheck } from "./use-config-check";

const standingWords = {
  clean: "as the file",
  edited: "edited, not saved",
  conflict: "edited, and the file changed too",
} as const;

function Reminders(props: { readonly reminders: readonly string[] }) {
  if (props.reminders.length === 0) return null;
  return (
    <Section title="Before you save" className="max-h-2/5 shrink-0" bodyClassName="scroll-region">
      <ul className="list-disc py-1 pr-3 pl-7 text-small" aria-label="Reminders">
        {props.reminders.map((reminder) => (
          <li key={reminder} className="break-words">
            <Prose text={reminder} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Editor(props: {
  readonly view: TosView;
  readonly file: RequestOutput<"tos.config">;
  readonly askAgain: () => void;
}) {
  const { askAgain, file, view } = props;
  const connected = useConsole((state) => state.connection === "connected");
  const field = useRef<HTMLTextAreaElement>(null);
  const [saving, setSaving] = useState(false);
  const [reason, setReason] = useState("");
  const stored = useConfigDrafts((state) => state.drafts[view.root]) ?? null;
  const draft = withFile(stored, file);
  const decide = (next: ConfigDraft): void => keepDraft(view.root, next);
  const standing = draftStanding(draft, file);
  // The text area knows no carriage returns: places are those of the text it shows.
  const shown = draft.text.replaceAll("\r\n", "\n");
  const check = useConfigCheck(draft.text, file.digest);
  const problems = useMemo(() => check.value?.problems ?? [], [check.value]);
  const reminders = check.value?.reminders ?? [];
  const marked = useMemo(
    () => new Set(problems.flatMap((problem) => placeOfProblem(shown, problem)?.line ?? [])),
    [problems, shown],
  );
  const canSave = standing === "edited" && check.upToDate && connected;
  return (
    <div
      className="flex min-h-0 flex-1 flex-col gap-2 p-2"
      data-testid="config-tab"
      data-draft={standing}
      // Saving by key works wherever the focus is in this tab.
      role="presentation"
      onKeyDown={(event) => {
        if (event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        if (canSave) setSaving(true);
      }}
    >
      <div className="flex h-9 shrink-0 items-center gap-3 border border-line bg-panel px-3">
        <FileAge path={file.path} modifiedUnixMs={file.modifiedUnixMs} />
        <span className="truncate text-small text-faint" title={file.digest}>
          digest <span className="figure">{file.digest.slice(0, 12)}</span>
        </span>
        <span
          role="status"
          className={classNames(
            "shrink-0 text-small font-medium",
            standing === "clean" ? "text-muted" : standing === "edited" ? "text-degraded" : "text-failing",
          )}
        >
          {standingWords[standing]}
        </span>
        <span className="flex-1" />
        {draft.setAside !== null && (
          <Button look="quiet" onClick={() => decide(broughtBack(draft))}>
            Bring back the edit put aside
          </Button>
        )}
        <Button look="quiet" disabled={standing === "clean"} onClick={() => decide(putBack(draft, file))}>
          Put back
        </Button>
        <Button
          look="primary"
          disabled={!canSave}
          aria-keyshortcuts="Control+S"
          onClick={() => setSaving(true)}
          data-testid="save-config"
        >
          Save…
        </Button>
      </div>
      {standing === "conflict" && <ConflictNotice draft={draft} file={file} onDecide={decide} />}
      {check.error !== null && <ErrorNotice error={check.error} onRetry={check.ask} />}
      <div className="flex min-h-0 flex-1 gap-2">
        <Section title="config_v0_3.json" className="flex-[3]" bodyClassName="flex flex-col">
          <CodeEditor
            ref={field}
            label="Text of config_v0_3.json"
            value={shown}
            marked={marked}
            onChange={(text) => decide({ ...draft, text: withLineEnds(text, draft.base.text) })}
          />
        </Section>
        <div className="flex min-h-0 min-w-0 flex-[2] flex-col gap-2">
          <ConfigProblems
            text={shown}
            problems={problems}
            upToDate={check.upToDate}
            rules={view.rules}
            onShow={(place) => field.current !== null && showPlace(field.current, place)}
            className="max-h-1/2 min-h-18 shrink-0"
          />
          <Reminders reminders={reminders} />
          <ConfigChange
            title="Not saved yet"
            before={draft.base.text}
            after={draft.text}
            none="The text is as the file has it."
            className="flex-1"
          />
        </div>
      </div>
      {saving && (
        <SaveConfig
          view={view}
          draft={draft}
          problems={problems}
          reminders={reminders}
          reason={reason}
          onReason={setReason}
          upToDate={standing !== "conflict"}
          onClose={() => setSaving(false)}
          onSaved={() => {
            setSaving(false);
            setReason("");
            askAgain();
          }}
          onConflict={askAgain}
        />
      )}
    </div>
  );
}

/** The configuration: edited here, checked as it is typed, compared with the file, and saved with a reason. */
export function ConfigTab(props: { readonly view: TosView }) {
  const { config, root } = props.view;
  const { ask, error, value } = useRequest(
    "tos.config",
    {},
    `${config.digest} ${config.modifiedUnixMs ?? 0}`,
  );
  if (value === null)
    return error === null ? (
      <SkeletonLines lines={10} />
    ) : (
      <ErrorNotice error={error} className="m-2" onRetry={ask} />
    );
  return (
    <>
      {error !== null && (
        <Notice tone="failing" live className="mx-2 mt-2" title={error.message}>
          <p className="text-small text-muted">The text is that of the last time it could be read.</p>
        </Notice>
      )}
      <Editor key={root} view={props.view} file={value} askAgain={ask} />
    </>
  );
}

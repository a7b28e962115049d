import { useMemo } from "react";
import { Button } from "../../../ui/Button";
import { Notice } from "../../../ui/Notice";
import { mergedEdit } from "./config-diff";
import { ConfigChange } from "./ConfigChange";
import { putBack, type ConfigDraft, type ReadConfig } from "./config-draft";

/** The file changed on disk while it was edited here: both changes are shown, and nothing is lost by any way out. */
export function ConflictNotice(props: {
  readonly draft: ConfigDraft;
  readonly file: ReadConfig;
  readonly onDecide: (draft: ConfigDraft) => void;
}) {
  const { draft, file, onDecide } = props;
  const merged = useMemo(
    () => mergedEdit(draft.base.text, draft.text, file.text),
    [draft.base.text, draft.text, file.text],
  );
  return (
    <div className="flex shrink-0 flex-col gap-2" data-testid="config-conflict">
      <Notice
        tone="failing"
        live
        title="The file was changed on disk while you edited it."
        action={
          <span className="flex shrink-0 gap-1.5">
            {merged !== null && (
              <Button size="small" onClick={() => onDecide({ ...draft, base: file, text: merged })}>
                Put my edit onto the file
              </Button>
            )}
            <Button size="small" onClick={() => onDecide({ ...draft, base: file })}>
              Keep my text
            </Button>
            <Button size="small" onClick={() => onDecide(putBack(draft, file))}>
              Take the file
            </Button>
          </span>
        }
      >
        <p className="text-small text-muted">
          Both changes are below. “Keep my text” undoes what was changed on disk once you save; “Take the
          file” puts your edit aside, from where it can be brought back.
          {merged === null && " They touch the same lines, so they cannot be joined by themselves."}
        </p>
      </Notice>
      <div className="flex h-48 gap-2">
        <ConfigChange
          title="Changed on disk"
          before={draft.base.text}
          after={file.text}
          none="Nothing."
          className="flex-1"
        />
        <ConfigChange
          title="Changed by you"
          before={draft.base.text}
          after={draft.text}
          none="Nothing."
          className="flex-1"
        />
      </div>
    </div>
  );
}

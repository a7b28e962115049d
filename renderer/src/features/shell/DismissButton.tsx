import { X } from "lucide-react";
import type { Notice } from "#contract/rollout/view";
import { dismissNotice } from "../../state/console-store";
import { Button } from "../../ui/Button";

/** Takes one notice off the list. */
export function DismissButton(props: { readonly notice: Notice }) {
  const { id, title } = props.notice;
  return (
    <Button look="quiet" size="small-icon" aria-label={`Dismiss ${title}`} onClick={() => dismissNotice(id)}>
      <X size={13} aria-hidden />
    </Button>
  );
}

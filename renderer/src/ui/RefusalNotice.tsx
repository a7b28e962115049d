import type { Refusal } from "#contract/rollout/command";
import { DetailLines } from "./DetailLines";
import { Notice } from "./Notice";

/** A command the engine refused: why, its code, and every obstacle. */
export function RefusalNotice(props: { readonly refusal: Refusal }) {
  const { code, details, message } = props.refusal;
  return (
    <Notice tone="failing" live title={message}>
      <p className="figure text-small text-muted">refused: {code}</p>
      <DetailLines lines={details} />
    </Notice>
  );
}

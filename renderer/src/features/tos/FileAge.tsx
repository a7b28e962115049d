import { formatTimestamp } from "../../format/time";
import { Age } from "../../ui/Age";
import { Hint } from "../../ui/Hint";
import { fileName } from "../../ui/Provenance";

/** Where a group of figures comes from and when that was written: `phase_state.json · 12 s ago`. */
export function FileAge(props: {
  readonly path: string;
  /** Null: not there. Left out: not known. */
  readonly modifiedUnixMs?: number | null;
}) {
  const { modifiedUnixMs, path } = props;
  return (
    <Hint
      content={
        <>
          <span className="figure block break-all">{path}</span>
          <span className="text-muted">
            {modifiedUnixMs === undefined
              ? ""
              : modifiedUnixMs === null
                ? "not there"
                : `written ${formatTimestamp(modifiedUnixMs)} UTC`}
          </span>
        </>
      }
    >
      <span tabIndex={0} className="shrink-0 text-small whitespace-nowrap text-faint">
        <span className="figure">{fileName(path)}</span>
        {modifiedUnixMs === null && " · not there"}
        {modifiedUnixMs != null && (
          <>
            {" · "}
            <span className="sr-only">written </span>
            <Age unixMs={modifiedUnixMs} />
          </>
        )}
      </span>
    </Hint>
  );
}

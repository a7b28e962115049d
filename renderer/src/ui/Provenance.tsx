import type { Freshness } from "#contract/reading";
import { useConsole } from "../state/console-store";
import { formatAge } from "../format/duration";
import { formatTimestamp } from "../format/time";
import { Age } from "./Age";
import { classNames } from "./class-names";
import { Hint } from "./Hint";
import { StatusGlyph } from "./StatusGlyph";

const words: Readonly<Record<Freshness["status"], string>> = {
  fresh: "Fresh",
  stale: "Stale",
  unreadable: "Unreadable",
  missing: "Missing",
  "never-seen": "Never seen",
};

/** Last part of a path: what an operator calls the file. */
export function fileName(path: string): string {
  return path.split("/").at(-1) ?? path;
}

/** Whether figures of a source must be shown held: the source is not fresh, or the window hears nothing. */
export function useHeld(freshness: Pick<Freshness, "status">): boolean {
  const connected = useConsole((state) => state.connection === "connected");
  return !connected || freshness.status !== "fresh";
}

function Details(props: { readonly freshness: Freshness }) {
  const { freshness } = props;
  const rows = [
    ["Source", freshness.path],
    ["State", words[freshness.status]],
    [
      "Written",
      freshness.writtenUnixMs === null ? "never" : `${formatTimestamp(freshness.writtenUnixMs)} UTC`,
    ],
    ["Read", freshness.readUnixMs === null ? "never" : `${formatTimestamp(freshness.readUnixMs)} UTC`],
    ["Stale after", formatAge(freshness.staleAfterMs)],
  ] as const;
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-3">
      {rows.map(([term, value]) => (
        <div key={term} className="contents">
          <dt className="text-muted">{term}</dt>
          <dd className="figure break-all">{value}</dd>
        </div>
      ))}
      {freshness.detail !== "" && <dd className="col-span-2 mt-1 text-muted">{freshness.detail}</dd>}
    </dl>
  );
}

/**
 * Where a group of figures comes from and how old it is: `state.json · written 12 s ago, read 1 s ago`. The whole
 * story is in the tooltip; what is not fresh says so here, with its glyph.
 */
export function Provenance(props: {
  readonly freshness: Freshness;
  /** What to call the source where its file name is too long; the tooltip names the file. */
  readonly label?: string;
  readonly className?: string;
}) {
  const { freshness, label } = props;
  const held = useHeld(freshness);
  return (
    <Hint content={<Details freshness={freshness} />}>
      <span
        tabIndex={0}
        className={classNames(
          "inline-flex min-w-0 items-center gap-1 text-small whitespace-nowrap text-faint",
          props.className,
        )}
        data-freshness={freshness.status}
      >
        {held && (
          <StatusGlyph
            status={freshness.status === "fresh" ? "stale" : freshness.status}
            size={12}
            label={freshness.status === "fresh" ? "Held while disconnected" : words[freshness.status]}
          />
        )}
        <span className="min-w-0 truncate">
          {label === undefined ? <span className="figure">{fileName(freshness.path)} · </span> : `${label} `}
          {freshness.status === "never-seen" ? (
            "never seen"
          ) : freshness.readUnixMs === null ? (
            "never read"
          ) : (
            <>
              <span className={label === undefined ? "" : "sr-only"}>written </span>
              <Age unixMs={freshness.writtenUnixMs} />, read <Age unixMs={freshness.readUnixMs} />
            </>
          )}
        </span>
      </span>
    </Hint>
  );
}

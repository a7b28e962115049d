import { formatCounted } from "../../format/number";
import { useConsole } from "../../state/console-store";
import { Age } from "../../ui/Age";
import { DismissButton } from "./DismissButton";
import { NoticeGlyph } from "./NoticeGlyph";
import { toggleNotices } from "./notices-panel";

/** As many as fit below the rail's links in the smallest window; the others are counted. */
const shownNotices = 2;

/** The newest notices at the foot of the rail, where they cover and move nothing, until dismissed. */
export function RailNotices() {
  const notices = useConsole((state) => state.notices);
  if (notices.length === 0) return null;
  return (
    <section
      aria-label="Newest notices"
      className="mt-auto flex min-h-0 shrink flex-col overflow-hidden border-t border-line-strong"
    >
      <button
        type="button"
        className="flex h-7 shrink-0 items-center justify-between px-3 text-small text-muted hover:bg-hover hover:text-ink"
        onClick={toggleNotices}
      >
        <span className="font-medium">{formatCounted(notices.length, "notice")}</span>
        <span className="text-accent">Show all</span>
      </button>
      <ul className="min-h-0">
        {notices.slice(0, shownNotices).map((notice) => (
          <li key={notice.id} className="flex items-start gap-1.5 border-t border-line py-1.5 pr-1 pl-3">
            <NoticeGlyph kind={notice.kind} />
            <span className="min-w-0 flex-1">
              <a
                href={notice.place}
                title={notice.body}
                className="line-clamp-3 text-small font-medium break-words hover:underline"
              >
                {notice.title}
              </a>
              <span className="block text-small text-faint">
                <Age unixMs={notice.unixMs} />
              </span>
            </span>
            <DismissButton notice={notice} />
          </li>
        ))}
      </ul>
    </section>
  );
}

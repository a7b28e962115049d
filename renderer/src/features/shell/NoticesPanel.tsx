import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Notice } from "#contract/rollout/view";
import {
  chooseNotifications,
  showNotification,
  useNotificationChoice,
} from "../../state/browser-notifications";
import { dismissAllNotices, useConsole } from "../../state/console-store";
import { raisedBetween } from "../../state/notice-list";
import { Age } from "../../ui/Age";
import { Button } from "../../ui/Button";
import { DismissButton } from "./DismissButton";
import { NoticeGlyph } from "./NoticeGlyph";
import { useNoticesPanel } from "./notices-panel";

function NoticeRow(props: { readonly notice: Notice }) {
  const { notice } = props;
  return (
    <li className="flex items-start gap-2 border-b border-line py-1.5 pr-1.5 pl-3 last:border-b-0">
      <NoticeGlyph kind={notice.kind} />
      <div className="min-w-0 flex-1">
        <a href={notice.place} className="block font-medium break-words hover:underline">
          {notice.title}
        </a>
        <p className="break-words text-muted">{notice.body}</p>
        <p className="text-small text-faint">
          <Age unixMs={notice.unixMs} />
        </p>
      </div>
      <DismissButton notice={notice} />
    </li>
  );
}

function BrowserSetting() {
  const choice = useNotificationChoice((state) => state.choice);
  if (choice === "unavailable") return null;
  return (
    <footer className="border-t border-line px-3 py-1.5 text-small">
      <label className="flex items-center gap-1.5">
        <input
          type="checkbox"
          checked={choice === "on"}
          disabled={choice === "denied"}
          onChange={(event) => void chooseNotifications(event.target.checked)}
        />
        Show them as notifications of this browser too
      </label>
      {choice === "denied" && (
        <p className="text-muted">This browser refuses notifications for this page; its settings say so.</p>
      )}
    </footer>
  );
}

/** Has the browser tell of each new notice, once. The list is opened by the operator only: it lies over the page. */
function useNewNotices(notices: readonly Notice[]): void {
  const told = useRef(notices);
  useEffect(() => {
    const fresh = raisedBetween(told.current, notices);
    told.current = notices;
    for (const notice of fresh) showNotification(notice);
  }, [notices]);
}

function close(): void {
  useNoticesPanel.setState({ open: false });
}

/** What an operator was told, newest first, until dismissed: one quiet list below the bell, wherever they are. */
export function NoticesPanel() {
  const notices = useConsole((state) => state.notices);
  const open = useNoticesPanel((state) => state.open);
  useNewNotices(notices);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      // Escape belongs to the list only while the focus is in it.
      if (event.key !== "Escape" || !panel.current?.contains(document.activeElement)) return;
      event.preventDefault();
      close();
    };
    window.addEventListener("keydown", onKeyDown, { capture: true });
    return () => window.removeEventListener("keydown", onKeyDown, { capture: true });
  }, []);
  return (
    <>
      <div role="status" aria-live="polite" className="sr-only">
        {notices[0] === undefined ? "" : `${notices[0].title}. ${notices[0].body}`}
      </div>
      {open && (
        <section
          ref={panel}
          id="notices-panel"
          aria-label="Notices"
          className="fixed top-11 right-2 z-10 flex max-h-[60vh] w-96 flex-col rounded-[4px] border border-line-strong bg-panel"
        >
          <header className="flex h-8 shrink-0 items-center gap-1 border-b border-line pr-1.5 pl-3">
            <h2 className="flex-1 text-body font-semibold">Notices</h2>
            <Button look="quiet" size="small" disabled={notices.length === 0} onClick={dismissAllNotices}>
              Dismiss all
            </Button>
            <Button look="quiet" size="small-icon" aria-label="Close the notices" onClick={close}>
              <X size={14} aria-hidden />
            </Button>
          </header>
          {notices.length === 0 ? (
            <p className="px-3 py-2 text-muted">
              Nothing to tell. Holds, triggers and completed soaks are announced here.
            </p>
          ) : (
            <ul className="scroll-region min-h-0 flex-1" aria-label="Notices, newest first">
              {notices.map((notice) => (
                <NoticeRow key={notice.id} notice={notice} />
              ))}
            </ul>
          )}
          <BrowserSetting />
        </section>
      )}
    </>
  );
}

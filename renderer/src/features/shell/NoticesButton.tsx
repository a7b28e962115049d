import { Bell } from "lucide-react";
import { formatCounted } from "../../format/number";
import { useConsole } from "../../state/console-store";
import { Button } from "../../ui/Button";
import { Hint } from "../../ui/Hint";
import { toggleNotices, useNoticesPanel } from "./notices-panel";

/** How many notices wait, and the way to them. */
export function NoticesButton() {
  const count = useConsole((state) => state.notices.length);
  const open = useNoticesPanel((state) => state.open);
  const label = count === 0 ? "Notices, none" : formatCounted(count, "notice");
  return (
    <Hint content={label}>
      <Button
        look="quiet"
        aria-label={label}
        aria-expanded={open}
        aria-controls="notices-panel"
        className="min-w-11 px-1.5"
        onClick={toggleNotices}
      >
        <Bell size={15} className={count > 0 ? "text-degraded" : ""} aria-hidden />
        <span className="figure min-w-3.5 text-small">{count > 0 ? count : ""}</span>
      </Button>
    </Hint>
  );
}

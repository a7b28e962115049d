import { Toast } from "@base-ui/react/toast";
import { Check, OctagonX, X } from "lucide-react";
import { notices, type NoticeData } from "./notices";

function NoticeList() {
  const { toasts } = Toast.useToastManager<NoticeData>();
  return toasts.map((toast) => {
    const failing = toast.data?.tone === "failing";
    const Glyph = failing ? OctagonX : Check;
    return (
      <Toast.Root
        key={toast.id}
        toast={toast}
        swipeDirection={[]}
        className={`rounded-control border bg-raised ${failing ? "border-failing/60" : "border-line-strong"}`}
      >
        <Toast.Content className="flex items-start gap-2 py-2 pr-1.5 pl-3">
          <Glyph
            size={14}
            strokeWidth={2.25}
            className={`mt-[3px] shrink-0 ${failing ? "text-failing" : "text-healthy"}`}
            aria-hidden
          />
          <div className="min-w-0 flex-1">
            <Toast.Title className="font-semibold" />
            <Toast.Description className="break-words text-muted" />
            {failing && (
              <p className="figure text-small break-words text-faint">
                {[toast.data?.code, ...(toast.data?.details ?? [])].filter(Boolean).join(" · ")}
              </p>
            )}
          </div>
          <Toast.Close
            aria-label="Dismiss"
            className="inline-flex size-6 items-center justify-center rounded-control text-muted hover:bg-hover hover:text-ink"
          >
            <X size={13} aria-hidden />
          </Toast.Close>
        </Toast.Content>
      </Toast.Root>
    );
  });
}

/** The corner where passing notices stand. */
export function Notices() {
  return (
    <Toast.Provider toastManager={notices} limit={4}>
      <Toast.Portal>
        <Toast.Viewport className="fixed right-3 bottom-3 z-50 flex w-96 flex-col gap-2 outline-none">
          <NoticeList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

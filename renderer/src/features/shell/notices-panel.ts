import { create } from "zustand";

/** Whether the list of notices is open. */
export const useNoticesPanel = create<{ readonly open: boolean }>(() => ({ open: false }));

/** Opens or closes the list of notices. */
export function toggleNotices(): void {
  useNoticesPanel.setState(({ open }) => ({ open: !open }));
}

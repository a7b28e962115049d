import { useEffect, useRef } from "react";
import { begunKeySequence } from "./key-sequence";
import { keysBelongElsewhere } from "./keys-elsewhere";

/**
 * Single keys of the page that is shown, for as long as it is. `perform` answers whether the key was one of its own.
 * Left alone while the operator types, a dialog is open, a modifier is held or a sequence was begun (`g t` goes to a
 * place, and is no `t`); a key held down acts once.
 */
export function usePageKeys(perform: (key: string) => boolean): void {
  const latest = useRef(perform);
  useEffect(() => {
    latest.current = perform;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.repeat) return;
      if (keysBelongElsewhere(event.target) || begunKeySequence(event.timeStamp) !== null) return;
      if (latest.current(event.key)) event.preventDefault();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}

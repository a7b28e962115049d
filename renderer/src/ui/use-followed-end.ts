import { useEffect, useRef, type KeyboardEvent, type RefObject, type UIEvent, type WheelEvent } from "react";

const keysUp: readonly string[] = ["ArrowUp", "PageUp", "Home"];

/** Distances from the end in pixels: beyond the first it has been left, below the second it has been reached again. */
const left = 36;
const reached = 144;

/** What a scrolling element needs to follow its end. */
export interface FollowedEnd {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Holds all that scrolls. */
  readonly content: RefObject<HTMLDivElement | null>;
  readonly onScroll: (event: UIEvent<HTMLDivElement>) => void;
  readonly onWheel: (event: WheelEvent<HTMLDivElement>) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLDivElement>) => void;
}

/**
 * Keeps the end of a growing text in sight, whatever grows above it or in it, until the operator goes up; going down to
 * the end, or the End key, follows it again.
 */
export function useFollowedEnd(): FollowedEnd {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const lastTop = useRef(0);
  useEffect(() => {
    const element = scroller.current;
    if (element === null || content.current === null) return;
    const observer = new ResizeObserver(() => {
      if (follows.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    observer.observe(content.current);
    return () => observer.disconnect();
  }, []);
  return {
    scroller,
    content,
    onScroll({ currentTarget }) {
      const { clientHeight, scrollHeight, scrollTop } = currentTarget;
      const below = scrollHeight - scrollTop - clientHeight;
      const wentUp = scrollTop < lastTop.current;
      lastTop.current = scrollTop;
      // While somebody goes down, the end moves on by the lines of a moment.
      if (!wentUp && below < reached) follows.current = true;
      else if (wentUp && below > left) follows.current = false;
    },
    onWheel({ deltaY }) {
      // At once: a smooth scroll begins with less than a line.
      if (deltaY < 0) follows.current = false;
    },
    onKeyDown(event) {
      if (keysUp.includes(event.key)) follows.current = false;
      if (event.key !== "End") return;
      event.preventDefault();
      follows.current = true;
      event.currentTarget.scrollTop = event.currentTarget.scrollHeight;
    },
  };
}

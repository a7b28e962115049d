/** What is remembered of the window from one start to the next. */
export interface WindowState {
  readonly x: number | null;
  readonly y: number | null;
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
  /** Colour of the page's background when it was last seen, `#rrggbb`: the first frame is drawn in it. */
  readonly background: string;
}

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Smallest window in which every view still has room, in pixels. */
export const minimumSize = { width: 800, height: 560 } as const;
const preferredSize = { width: 1_440, height: 900 } as const;

/** Colour of a page's background, or null when the text is not one. */
export function parseColour(text: unknown): string | null {
  return typeof text === "string" && /^#[0-9a-f]{6}$/i.test(text) ? text.toLowerCase() : null;
}

/** Reads the remembered state; whatever is missing or makes no sense is replaced by its default. */
export function parseWindowState(text: string | null, darkMachine: boolean): WindowState {
  const found = parseObject(text);
  const whole = (key: string): number | null => {
    const value = found[key];
    return typeof value === "number" && Number.isSafeInteger(value) ? value : null;
  };
  return {
    x: whole("x"),
    y: whole("y"),
    width: Math.max(minimumSize.width, whole("width") ?? preferredSize.width),
    height: Math.max(minimumSize.height, whole("height") ?? preferredSize.height),
    maximized: found["maximized"] === true,
    background: parseColour(found["background"]) ?? (darkMachine ? "#0e1116" : "#f6f7f9"),
  };
}

/**
 * Where to open the window: as remembered while most of its title is on a screen that is still there, else in the
 * middle of the first screen; never larger than the screen.
 */
export function placeWindow(
  state: WindowState,
  screens: readonly Rectangle[],
): { x?: number; y?: number; width: number; height: number } {
  const { x, y, width, height } = state;
  const home =
    x === null || y === null
      ? undefined
      : screens.find(
          (screen) =>
            x + width / 2 >= screen.x &&
            x + width / 2 <= screen.x + screen.width &&
            y >= screen.y &&
            y <= screen.y + screen.height - 48,
        );
  const screen = home ?? screens[0];
  const size = {
    width: Math.min(width, screen?.width ?? width),
    height: Math.min(height, screen?.height ?? height),
  };
  return home && x !== null && y !== null ? { x, y, ...size } : size;
}

function parseObject(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** The opaque colour a page shows where nothing is drawn, as `#rrggbb`, whatever notation the style sheet uses. */
function backgroundColour(): string | null {
  const context = new OffscreenCanvas(1, 1).getContext("2d");
  if (!context) return null;
  for (const element of [document.documentElement, document.body]) {
    context.fillStyle = getComputedStyle(element).backgroundColor;
    context.fillRect(0, 0, 1, 1);
  }
  const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
  if (alpha < 255) return null;
  return `#${[red, green, blue].map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/**
 * Keeps `<meta name="theme-color">` equal to the page's background. The window around the page reads it and opens in
 * that colour next time, so that a dark console does not begin with a white flash.
 */
export function announceWindowColour(): void {
  const meta = document.createElement("meta");
  meta.name = "theme-color";
  const announce = (): void => {
    requestAnimationFrame(() => {
      const colour = backgroundColour();
      if (colour === null || colour === meta.content) return;
      meta.content = colour;
      if (!meta.isConnected) document.head.append(meta);
    });
  };
  new MutationObserver(announce).observe(document.documentElement, { attributes: true });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", announce);
  announce();
}

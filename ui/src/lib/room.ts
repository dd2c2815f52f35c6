// How much room the window offers in units of the chosen text size, as `data-room` on the root: `lt68` = narrower than 68 rem.
// A media query would measure rem by the browser's own text size, and container queries miss a change of the root's.

export const WIDTHS_REM = [46, 48, 50, 56, 60, 68, 79] as const;

/** The tokens for a width. */
export function roomOf(widthPx: number, remPx: number): string {
  return WIDTHS_REM.filter((rem) => widthPx < rem * remPx)
    .map((rem) => `lt${rem}`)
    .join(' ');
}

/** Writes the tokens now; called when the window or the text size changes. */
export function measureRoom(): void {
  const remPx = parseFloat(document.documentElement.style.fontSize) || 16;
  document.documentElement.dataset.room = roomOf(document.documentElement.clientWidth || innerWidth, remPx);
}

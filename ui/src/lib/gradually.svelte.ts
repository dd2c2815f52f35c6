// What a window does not show at once is made when the rest is painted; of long lists some rows with each frame. The screen is there
// at once and answers.
import { onMount } from 'svelte';

/** Rows of one step: what a window of 1440 × 900 shows. */
export const AT_ONCE = 20;

/** How many of `total` rows are to be made by now; for a component, while it is mounted. */
export function gradually(total: () => number): { readonly most: number } {
  let most = $state(AT_ONCE);
  onMount(() =>
    framesAfterPaint(() => {
      const done = most >= total();
      most = done ? Infinity : most + AT_ONCE;
      return done;
    }),
  );
  return {
    get most() {
      return most;
    },
  };
}

/** Whether what lies below the first sight of a screen is to be made by now; for a component, while it is mounted. */
export function below(): { readonly isDue: boolean } {
  let isDue = $state(false);
  onMount(() => framesAfterPaint(() => (isDue = true)));
  return {
    get isDue() {
      return isDue;
    },
  };
}

/** Does something in every frame after the first paint, until it says that it is done; call the answer to stop before. */
export function framesAfterPaint(work: () => boolean): () => void {
  let frame = 0;
  const after = (then: () => void) => (frame = requestAnimationFrame(then));
  const more = () => {
    if (!work()) after(more);
  };
  // The first frame paints what is there, by the second one it was painted.
  after(() => after(() => after(more)));
  return () => cancelAnimationFrame(frame);
}

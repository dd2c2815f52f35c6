// More rows than a window shows are made when those are painted, some with each frame: a list is there at once and answers.
import { onMount } from 'svelte';

/** Rows of one step: what a window of 1440 × 900 shows. */
export const AT_ONCE = 20;

/** How many of `total` rows are to be made by now; for a component, while it is mounted. */
export function gradually(total: () => number): { readonly most: number } {
  let most = $state(AT_ONCE);
  onMount(() => {
    let frame = 0;
    const after = (then: () => void) => (frame = requestAnimationFrame(then));
    const more = () => {
      if (most >= total()) most = Infinity;
      else {
        most += AT_ONCE;
        after(more);
      }
    };
    // The first frame paints what is there, by the second one it was painted.
    after(() => after(() => after(more)));
    return () => cancelAnimationFrame(frame);
  });
  return {
    get most() {
      return most;
    },
  };
}
